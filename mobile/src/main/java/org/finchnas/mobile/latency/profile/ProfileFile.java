package org.finchnas.mobile.latency.profile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.finchnas.mobile.Precision;
import org.finchnas.mobile.latency.kernel.Feature;
import org.finchnas.mobile.latency.kernel.KernelKind;
import org.finchnas.mobile.latency.kernel.Tile;

/** Device profiles as YAML. */
public final class ProfileFile {

  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
          .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
          .build();

  private static final MathContext DIGITS = new MathContext(4);

  private ProfileFile() {}

  /**
   * Reads a profile.
   *
   * @throws UnreadableProfileException if the text is none; says what is wrong with it
   * @throws IOException if the file cannot be read
   */
  public static DeviceProfile read(Path file) throws IOException {
    return parse(file.toString(), Files.readString(file));
  }

  /**
   * @param name of the file, for messages
   * @throws UnreadableProfileException if the text is no profile
   */
  static DeviceProfile parse(String name, String text) {
    try {
      return profile(new ProfileSection("", YAML.readTree(text)));
    } catch (JsonProcessingException e) {
      throw new UnreadableProfileException(
          "%s is no device profile: %s. Look at one in configs/devices."
              .formatted(name, e.getOriginalMessage()),
          e);
    } catch (IllegalArgumentException e) {
      throw new UnreadableProfileException(
          "%s is no device profile: %s".formatted(name, e.getMessage()), e);
    }
  }

  private static DeviceProfile profile(ProfileSection root) {
    DeviceProfile profile =
        new DeviceProfile(
            root.text("name"),
            root.text("device"),
            root.text("source"),
            root.text("date"),
            LatencyRuntime.ofToken(root.text("runtime")),
            Precision.ofToken(root.text("precision")),
            root.whole("threads"),
            root.text("made"),
            error(root.section("error")),
            root.texts("unseen").stream().map(KernelKind::ofToken).toList(),
            costs(root));
    root.requireNoMore();
    return profile;
  }

  private static ProfileError error(ProfileSection section) {
    ProfileError error =
        new ProfileError(
            section.text("method"),
            section.whole("networks"),
            section.number("median"),
            section.number("ninetieth"),
            section.number("worst"),
            section.has("macsAlone") ? section.number("macsAlone") : Double.NaN);
    section.requireNoMore();
    return error;
  }

  private static KernelCosts costs(ProfileSection root) {
    ProfileSection tile = root.section("tile");
    Map<KernelKind, Map<Feature, Double>> nanos = new TreeMap<>();
    ProfileSection kernels = root.section("kernels");
    for (String token : kernels.keys()) {
      KernelKind kind = KernelKind.ofToken(token);
      ProfileSection prices = kernels.section(token);
      Map<Feature, Double> ofKind = new TreeMap<>();
      for (Feature feature : kind.features()) {
        if (prices.has(feature.token())) {
          ofKind.put(feature, prices.number(feature.token()));
        }
      }
      prices.requireNoMore();
      nanos.put(kind, ofKind);
    }
    KernelCosts costs =
        new KernelCosts(
            root.number("overheadMicros"),
            new Tile(tile.whole("pixels"), tile.whole("channels")),
            nanos);
    tile.requireNoMore();
    return costs;
  }

  /** The text of a profile's file. */
  public static String text(DeviceProfile profile) {
    Map<String, Object> yaml = new LinkedHashMap<>();
    yaml.put("name", profile.name());
    yaml.put("device", profile.device());
    yaml.put("source", profile.source());
    yaml.put("date", profile.date());
    yaml.put("runtime", profile.runtime().token());
    yaml.put("precision", profile.precision().token());
    yaml.put("threads", profile.threads());
    yaml.put("made", profile.made());
    yaml.put("error", error(profile.error()));
    yaml.put("unseen", profile.unseen().stream().map(KernelKind::token).toList());
    KernelCosts costs = profile.costs();
    yaml.put("overheadMicros", rounded(costs.overheadMicros()));
    Map<String, Object> tile = new LinkedHashMap<>();
    tile.put("pixels", costs.tile().pixels());
    tile.put("channels", costs.tile().channels());
    yaml.put("tile", tile);
    Map<String, Object> kernels = new LinkedHashMap<>();
    costs.nanos().forEach((kind, prices) -> kernels.put(kind.token(), prices(prices)));
    yaml.put("kernels", kernels);
    try {
      return YAML.writeValueAsString(yaml);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Plain settings can be written.", e);
    }
  }

  private static Map<String, Object> error(ProfileError error) {
    Map<String, Object> yaml = new LinkedHashMap<>();
    yaml.put("method", error.method());
    yaml.put("networks", error.networks());
    yaml.put("median", rounded(error.median()));
    yaml.put("ninetieth", rounded(error.ninetieth()));
    yaml.put("worst", rounded(error.worst()));
    if (!Double.isNaN(error.macsAlone())) {
      yaml.put("macsAlone", rounded(error.macsAlone()));
    }
    return yaml;
  }

  private static Map<String, Object> prices(Map<Feature, Double> prices) {
    Map<String, Object> yaml = new LinkedHashMap<>();
    prices.forEach(
        (feature, price) -> {
          if (price > 0) {
            yaml.put(feature.token(), rounded(price));
          }
        });
    return yaml;
  }

  private static BigDecimal rounded(double value) {
    BigDecimal digits = new BigDecimal(value, DIGITS).stripTrailingZeros();
    return digits.scale() < 0 ? digits.setScale(0) : digits;
  }

  /** What tells whether two profiles are the same: SHA-256 of the file's text, hexadecimal. */
  public static String hash(DeviceProfile profile) {
    try {
      byte[] bytes = text(profile).getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256.", e);
    }
  }
}
