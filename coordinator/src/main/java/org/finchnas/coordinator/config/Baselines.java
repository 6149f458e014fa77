package org.finchnas.coordinator.config;

import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;
import org.finchnas.searchspace.Blueprint;
import org.finchnas.searchspace.network.Shape;

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
    if (new HashSet<>(names).size() < names.size()) {
      throw new IllegalArgumentException("baselines %s must list each once.".formatted(names));
    }
    for (String name : names) {
      try {
        // Which number of classes or of channels there are does not decide whether they fit.
        new Blueprint(name, new Shape(3, imageSize, imageSize), 10).assemble();
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("baselines (%s): %s".formatted(name, e.getMessage()), e);
      }
    }
  }
}
