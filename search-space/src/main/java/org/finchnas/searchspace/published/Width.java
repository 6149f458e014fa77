package org.finchnas.searchspace.published;

/**
 * A width multiplier: a factor of every layer's channels.
 *
 * @param name of the network, with the factor
 * @param factor above 0, at most 10
 */
record Width(String name, double factor) {

  Width {
    if (!(factor > 0 && factor <= 10)) {
      throw new IllegalArgumentException(
          "The width of %s (%s) must be above 0 and at most 10, as in mobilenet-v2@0.35."
              .formatted(name, factor));
    }
  }

  /**
   * So many of the channels, rounded down.
   *
   * @throws IllegalArgumentException if none is left
   */
  int of(int channels) {
    int scaled = (int) (channels * factor);
    if (scaled < 1) {
      throw new IllegalArgumentException(
          "%s: a width of %s leaves none of %d channels. Use a width of at least %.3f."
              .formatted(name, factor, channels, 1.0 / channels));
    }
    return scaled;
  }

  /** The nearest multiple of 8, at least 8, but not less than 90 % of the value (MobileNetV2). */
  int ofEights(double channels) {
    double value = channels * factor;
    int rounded = Math.max(8, (int) (value + 4) / 8 * 8);
    return rounded < 0.9 * value ? rounded + 8 : rounded;
  }
}
