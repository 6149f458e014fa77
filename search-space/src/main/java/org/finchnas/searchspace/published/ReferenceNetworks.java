package org.finchnas.searchspace.published;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.finchnas.searchspace.network.Network;
import org.finchnas.searchspace.network.Shape;

/** Published networks that are not made of searched cells, by name. */
public final class ReferenceNetworks {

  /** Those of one form. */
  private static final Map<String, PublishedNetwork> FIXED = fixed();

  /** Those that have widths, for a given one. */
  private static final Map<String, Function<Width, PublishedNetwork>> WIDTHS = widths();

  private ReferenceNetworks() {}

  private static Map<String, PublishedNetwork> fixed() {
    Map<String, PublishedNetwork> networks = new TreeMap<>();
    networks.put("darknet-19", Darknet.DARKNET_19);
    networks.put("darknet-reference", Darknet.REFERENCE);
    networks.put("densenet-121", new DenseNet());
    networks.put("inception-v1", new InceptionV1());
    networks.put("lenet", new LeNet());
    networks.put("mlp", new Perceptron());
    networks.put("mnasnet-a1", new MnasNet());
    networks.put("resnet-18", new ResNet(ResNet.Unit.BASIC, List.of(2, 2, 2, 2)));
    networks.put("resnet-34", new ResNet(ResNet.Unit.BASIC, List.of(3, 4, 6, 3)));
    networks.put("resnet-50", new ResNet(ResNet.Unit.BOTTLENECK, List.of(3, 4, 6, 3)));
    networks.put("resnet-152", new ResNet(ResNet.Unit.BOTTLENECK, List.of(3, 8, 36, 3)));
    networks.put(
        "se-resnet-50", new ResNet(ResNet.Unit.SQUEEZE_EXCITE_BOTTLENECK, List.of(3, 4, 6, 3)));
    networks.put("squeezenet-1.0", SqueezeNet.V1_0);
    networks.put("squeezenet-1.1", SqueezeNet.V1_1);
    // The paper's own form.
    networks.put("squeezenet", SqueezeNet.V1_0);
    networks.put("u-net", new UNet());
    networks.put("vgg-16", new Vgg(3));
    networks.put("vgg-19", new Vgg(4));
    return networks;
  }

  private static Map<String, Function<Width, PublishedNetwork>> widths() {
    Map<String, Function<Width, PublishedNetwork>> networks = new TreeMap<>();
    networks.put("mobilenet-v1", MobileNetV1::new);
    networks.put("mobilenet-v2", MobileNetV2::new);
    for (int groups : List.of(1, 2, 3, 4, 8)) {
      networks.put("shufflenet-g" + groups, width -> new ShuffleNet(groups, width));
    }
    return networks;
  }

  /** What can be asked for; {@code @WIDTH} may follow where a network has widths. */
  public static List<String> names() {
    Map<String, Object> all = new TreeMap<>(FIXED);
    all.putAll(WIDTHS);
    return List.copyOf(all.keySet());
  }

  public static boolean contains(String name) {
    String base = base(name);
    return FIXED.containsKey(base) || WIDTHS.containsKey(base);
  }

  /**
   * The images a network was published for, or empty if there is none of that name.
   *
   * @throws IllegalArgumentException if the width is none
   */
  public static Optional<Shape> image(String name) {
    return find(name).map(PublishedNetwork::image);
  }

  /**
   * The classes a network was published for, or empty if there is none of that name.
   *
   * @throws IllegalArgumentException if the width is none
   */
  public static Optional<Integer> classes(String name) {
    return find(name).map(PublishedNetwork::classes);
  }

  /**
   * The network of a name, or empty if there is none.
   *
   * @throws IllegalArgumentException if the width is none or the image too small
   */
  public static Optional<Network> assemble(String name, Shape image, int classes) {
    return find(name).map(network -> network.assemble(name, image, classes));
  }

  private static Optional<PublishedNetwork> find(String name) {
    String base = base(name);
    Function<Width, PublishedNetwork> ofWidth = WIDTHS.get(base);
    if (ofWidth != null) {
      return Optional.of(ofWidth.apply(width(name)));
    }
    PublishedNetwork network = FIXED.get(base);
    if (network != null && !base.equals(name)) {
      throw new IllegalArgumentException(
          "%s has no widths, as %s have. Leave out %s."
              .formatted(base, String.join(", ", WIDTHS.keySet()), name.substring(base.length())));
    }
    return Optional.ofNullable(network);
  }

  /**
   * The one name of a network: without a width of 1 or zeros at its end, and for another name of
   * the same network the longer one.
   *
   * @throws IllegalArgumentException if the width is none
   */
  public static String canonical(String name) {
    String base = base(name).equals("squeezenet") ? "squeezenet-1.0" : base(name);
    if (!WIDTHS.containsKey(base) || base.equals(name) || width(name).factor() == 1) {
      return base;
    }
    String digits = name.substring(base.length() + 1);
    return base + "@" + new BigDecimal(digits).stripTrailingZeros().toPlainString();
  }

  private static String base(String name) {
    int at = name.indexOf('@');
    return at < 0 ? name : name.substring(0, at);
  }

  private static Width width(String name) {
    int at = name.indexOf('@');
    if (at < 0) {
      return new Width(name, 1);
    }
    String width = name.substring(at + 1);
    if (!width.matches("[0-9]{1,4}(\\.[0-9]{1,9})?")) {
      throw new IllegalArgumentException(
          "In %s the width \"%s\" is no number, as in mobilenet-v2@0.35.".formatted(name, width));
    }
    return new Width(name, Double.parseDouble(width));
  }
}
