package org.finchnas.searchspace;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.finchnas.searchspace.network.Network;
import org.finchnas.searchspace.network.Shape;
import org.finchnas.searchspace.published.PublishedCells;
import org.finchnas.searchspace.published.ReferenceNetworks;

/**
 * Everything that decides a network, as text and numbers that can be written into a file.
 *
 * @param design an architecture's notation or a network's name ({@code nasnet-a-mobile}, {@code
 *     mobilenet-v2@0.35})
 */
public record Blueprint(String design, Shape image, int classes) {

  public Blueprint {
    if (classes < 1) {
      throw new IllegalArgumentException("classes (%d) must be at least 1.".formatted(classes));
    }
  }

  /**
   * The design with the images and classes it was published for; an architecture's notation says
   * its image size, and is taken to have 3 channels and 10 classes.
   *
   * @throws IllegalArgumentException if the design is unknown; says the nearest names
   */
  public static Blueprint of(String design) {
    if (ReferenceNetworks.contains(design)) {
      return new Blueprint(
          design,
          ReferenceNetworks.image(design).orElseThrow(),
          ReferenceNetworks.classes(design).orElseThrow());
    }
    int size = requireArchitecture(design).macro().imageSize();
    int classes = PublishedCells.find(design).map(PublishedCells::classes).orElse(10);
    return new Blueprint(design, new Shape(3, size, size), classes);
  }

  /** The names that may stand for a design. */
  public static List<String> names() {
    return Stream.concat(PublishedCells.tokens().stream(), ReferenceNetworks.names().stream())
        .sorted()
        .toList();
  }

  /**
   * The architecture of the design, or empty for a network that is not made of cells.
   *
   * @throws IllegalArgumentException if the design is unknown; says the nearest names
   */
  public Optional<Architecture> architecture() {
    return ReferenceNetworks.contains(design)
        ? Optional.empty()
        : Optional.of(requireArchitecture(design));
  }

  /**
   * @throws IllegalArgumentException if the design is unknown (says the nearest names) or does not
   *     fit the image
   */
  public Network assemble() {
    return ReferenceNetworks.assemble(design, image, classes)
        .orElseGet(() -> requireArchitecture(design).assemble(image, classes));
  }

  static Architecture requireArchitecture(String design) {
    if (design.contains("=")) {
      return Architecture.parse(design);
    }
    return PublishedCells.find(design)
        .map(cells -> Architecture.parse(cells.notation()))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "There is no network \"%s\". %s"
                        .formatted(design, DidYouMean.sentence(design, names()))));
  }
}
