package org.finchnas.searchspace.published;

import java.util.List;
import java.util.Optional;
import org.finchnas.searchspace.network.Network;
import org.finchnas.searchspace.network.Shape;

/** Published networks that are not made of searched cells, by name. */
public final class ReferenceNetworks {

  private static final String MOBILENET_V2 = "mobilenet-v2";
  private static final Shape IMAGENET = new Shape(3, 224, 224);
  private static final int IMAGENET_CLASSES = 1000;

  private ReferenceNetworks() {}

  /** What can be asked for; {@code @WIDTH} may follow where a network has widths. */
  public static List<String> names() {
    return List.of(MOBILENET_V2);
  }

  /** The images a network was published for. */
  public static Shape image() {
    return IMAGENET;
  }

  /** The classes a network was published for. */
  public static int classes() {
    return IMAGENET_CLASSES;
  }

  public static boolean contains(String name) {
    return names().contains(base(name));
  }

  /**
   * The network of a name, or empty if there is none.
   *
   * @throws IllegalArgumentException if the width is none or the image too small
   */
  public static Optional<Network> assemble(String name, Shape image, int classes) {
    return contains(name)
        ? Optional.of(new MobileNetV2(width(name)).assemble(name, image, classes))
        : Optional.empty();
  }

  private static String base(String name) {
    int at = name.indexOf('@');
    return at < 0 ? name : name.substring(0, at);
  }

  private static double width(String name) {
    int at = name.indexOf('@');
    try {
      return at < 0 ? 1 : Double.parseDouble(name.substring(at + 1));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "In %s the width \"%s\" is no number, as in %s@0.35."
              .formatted(name, name.substring(at + 1), MOBILENET_V2),
          e);
    }
  }
}
