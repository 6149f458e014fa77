package org.finchnas.coordinator.config;

import java.util.List;
import java.util.regex.Pattern;
import org.finchnas.searchspace.Blueprint;
import org.finchnas.searchspace.network.Shape;
import org.finchnas.searchspace.published.ReferenceNetworks;

/** Networks of the literature that are trained beside a search, for comparison. */
final class Baselines {

  private static final ValueRule<List<String>> NAMES =
      ValueRule.anyListOf(
          ValueRule.text(
              "the name of a network, as in finch describe (mobilenet-v2@0.35, squeezenet)",
              Pattern.compile("[a-z0-9.@-]+")));

  private Baselines() {}

  static List<String> read(Section root, int imageSize) {
    return root.read("baselines", List.of(), NAMES, names -> require(names, imageSize));
  }

  /**
   * @throws IllegalArgumentException if a network is unknown, listed twice, or does not fit the
   *     images
   */
  private static void require(List<String> names, int imageSize) {
    if (names.stream().map(ReferenceNetworks::canonical).distinct().count() < names.size()) {
      throw new IllegalArgumentException("baselines %s must list each once.".formatted(names));
    }
    for (String name : names) {
      try {
        // Which number of classes or of channels there are does not decide whether they fit.
        Shape output =
            new Blueprint(name, new Shape(3, imageSize, imageSize), 10).assemble().output().shape();
        if (output.height() > 1 || output.width() > 1) {
          throw new IllegalArgumentException(
              "it labels pixels, and a search compares what classifies images. Leave it out.");
        }
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("baselines (%s): %s".formatted(name, e.getMessage()), e);
      }
    }
  }
}
