package org.finchnas.mobile.latency.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.finchnas.mobile.latency.kernel.KernelKind;
import org.finchnas.searchspace.Blueprint;
import org.finchnas.searchspace.network.Network;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ProfileFileTest {

  private static final DeviceProfiles SHIPPED = new DeviceProfiles(Path.of("../configs/devices"));

  static List<String> shipped() throws IOException {
    return SHIPPED.names();
  }

  @Test
  void manyAreShipped() throws IOException {
    assertThat(shipped()).hasSizeGreaterThan(20).contains("pixel-1", "raspberry-pi-4b");
  }

  @ParameterizedTest
  @MethodSource("shipped")
  void aShippedProfileSaysWhereItComesFromAndBeatsMacs(String name) throws IOException {
    DeviceProfile profile = SHIPPED.find(name);
    assertThat(profile.name()).isEqualTo(name);
    assertThat(profile.made()).contains("fitted").contains("not at hand");
    assertThat(profile.error().method()).startsWith("leave one");
    assertThat(profile.error().median()).isLessThan(profile.error().macsAlone());
  }

  @ParameterizedTest
  @MethodSource("shipped")
  void aLargerNetworkTakesLonger(String name) throws IOException {
    DeviceProfile profile = SHIPPED.find(name);
    double previous = 0;
    for (String network : List.of("mobilenet-v2@0.35", "mobilenet-v2", "resnet-34", "vgg-19")) {
      LatencyEstimate estimate = profile.estimate(Blueprint.of(network).assemble());
      assertThat(estimate.millis()).isGreaterThan(previous);
      assertThat(estimate.lowMillis()).isLessThan(estimate.millis());
      assertThat(estimate.highMillis()).isGreaterThan(estimate.millis());
      previous = estimate.millis();
    }
  }

  @Test
  void theKernelsAreAllOfTheTime() throws IOException {
    DeviceProfile profile = SHIPPED.find("pixel-1");
    LatencyEstimate estimate = profile.estimate(network());
    double kinds = estimate.byKind().values().stream().mapToDouble(Double::doubleValue).sum();
    assertThat(kinds + profile.costs().overheadMicros() / 1e3)
        .isCloseTo(estimate.millis(), within(1e-9));
    assertThat(estimate.costliest(3)).hasSize(3);
    assertThat(estimate.unseenShare()).isBetween(0.0, 0.2);
  }

  private static Network network() {
    return Blueprint.of("mnasnet-a1").assemble();
  }

  @ParameterizedTest
  @MethodSource("shipped")
  void whatIsWrittenIsReadBack(String name) throws IOException {
    DeviceProfile profile = SHIPPED.find(name);
    DeviceProfile again = ProfileFile.parse("again", ProfileFile.text(profile));
    assertThat(again).isEqualTo(profile);
    assertThat(ProfileFile.text(profile))
        .isEqualTo(Files.readString(SHIPPED.folder().resolve(name + ".yaml")));
    assertThat(ProfileFile.hash(again)).isEqualTo(ProfileFile.hash(profile)).hasSize(64);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "threads: 1 | threads: none | threads (none) must be a whole number",
        "threads: 1 | threads: 0 | threads (0) must be at least 1",
        "runtime: tflite | runtime: tvm | Runtime \"tvm\" is unknown",
        "precision: fp32 | precision: fp23 | 'fp23' is unknown",
        "overheadMicros: | overheadMicro: | overheadMicros is missing",
        "name: pixel-1 | name: Pixel 1 | small letters",
        "median: 0 | median: 7 | must rise",
        "pointwise: | pointvise: | Did you mean \"pointwise\"",
        "threads: 1 | 'threads: 1\nspeed: 2' | speed is no setting of a profile",
      })
  void whatIsWrongIsNamed(String right, String wrong, String message) throws IOException {
    String text = Files.readString(SHIPPED.folder().resolve("pixel-1.yaml"));
    assertThat(text).contains(right);
    String broken = text.replace(right, wrong);
    assertThatThrownBy(() -> ProfileFile.parse("broken.yaml", broken))
        .isInstanceOf(UnreadableProfileException.class)
        .hasMessageContaining("broken.yaml")
        .hasMessageContaining(message);
  }

  @Test
  void aGroupOrListOfAnotherFormIsNamed() {
    String groups = "name: x\ndevice: x\nsource: x\ndate: x\nruntime: ncnn\nprecision: fp32\n";
    String short1 = groups + "threads: 1\nmade: x\nerror: none\n";
    assertThatThrownBy(() -> ProfileFile.parse("x", short1))
        .hasMessageContaining("error must be a group of settings");
    String error = "error: {method: x, networks: 1, median: 0.1, ninetieth: 0.1, worst: 0.2}\n";
    String short2 = groups + "threads: 1\nmade: x\n" + error + "unseen: all\n";
    assertThatThrownBy(() -> ProfileFile.parse("x", short2))
        .hasMessageContaining("unseen must be a list");
  }

  @Test
  void aNegativePriceIsNamed() throws IOException {
    String text = Files.readString(SHIPPED.folder().resolve("pixel-1.yaml"));
    String broken = text.replaceFirst("macs: [0-9.]+", "macs: -1");
    assertThatThrownBy(() -> ProfileFile.parse("x", broken))
        .hasMessageContaining("macs (-1) must be a number, 0 or more");
  }

  @Test
  void whatIsNoYamlIsRefused(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("x.yaml"), "{{{");
    assertThatThrownBy(() -> ProfileFile.read(file)).isInstanceOf(UnreadableProfileException.class);
    assertThatThrownBy(() -> ProfileFile.parse("empty", ""))
        .isInstanceOf(UnreadableProfileException.class);
  }

  @Test
  void aNearNameIsSuggested() {
    assertThatThrownBy(() -> SHIPPED.find("pixel1"))
        .isInstanceOf(UnreadableProfileException.class)
        .hasMessageContaining("pixel-1");
    assertThatThrownBy(() -> SHIPPED.find("nowhere/x.yaml")).hasMessageContaining("no file");
  }

  @Test
  void aFileIsFoundByItsPath() throws IOException {
    assertThat(SHIPPED.find("../configs/devices/rk3588.yaml").name()).isEqualTo("rk3588");
    assertThat(SHIPPED.find("rk3588").unseen()).contains(KernelKind.EXPONENTIAL);
  }
}
