package org.finchnas.data;

/**
 * How hard {@link Shapes} are to tell apart. Each picture draws its own hardness h = u^skew, u
 * uniform in [0, 1): easy pictures let a network learn at all in a short training, hard ones keep
 * the best below perfect.
 *
 * @param skew exponent of the hardness: above 1 there are more easy pictures
 * @param minRadius radius of the smallest figure, in pixels of a 32-pixel picture
 * @param maxRadius radius of the largest
 * @param minSqueeze how flat a figure may be pressed, 1 not at all
 * @param jitter how far corners stray at h = 1, as part of the radius
 * @param easyContrast least colour distance of figure and ground at h = 0, at most 360 of 765
 * @param hardContrast the same at h = 1
 * @param texture largest difference a channel within a texture at h = 1
 * @param clutter largest number of small figures and bars behind at h = 1
 * @param occluders largest number of thin bars in front at h = 1
 * @param darker part of the pictures whose figure is darker than its ground
 * @param noise deviation of the noise at h = 1, of 255
 */
record ShapeDifficulty(
    double skew,
    double minRadius,
    double maxRadius,
    double minSqueeze,
    double jitter,
    double easyContrast,
    double hardContrast,
    double texture,
    int clutter,
    int occluders,
    double darker,
    double noise) {

  static final ShapeDifficulty DEFAULT =
      new ShapeDifficulty(5, 9.5, 13.5, 0.85, 0.08, 330, 30, 80, 16, 5, 0.1, 80);

  ShapeDifficulty {
    if (Math.max(easyContrast, hardContrast) > 360) {
      throw new IllegalArgumentException(
          "contrast (%s, %s) must be at most 360: few colours are further from grey"
              .formatted(easyContrast, hardContrast));
    }
  }

  /** At most this many of something, fewer in easier pictures. */
  static int count(int most, double hardness, SplitMix random) {
    return random.below((int) (most * hardness + 0.5) + 1);
  }

  double contrast(double hardness) {
    return easyContrast + (hardContrast - easyContrast) * hardness;
  }
}
