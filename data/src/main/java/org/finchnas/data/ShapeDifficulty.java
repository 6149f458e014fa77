package org.finchnas.data;

/**
 * How hard {@link Shapes} are to tell apart.
 *
 * @param minRadius radius of the smallest figure, in pixels of a 32-pixel picture
 * @param maxRadius radius of the largest
 * @param minSqueeze how flat a figure may be pressed, 1 not at all
 * @param jitter how far corners stray, as part of the radius
 * @param contrast colour distance of figure and ground, 0 to 765
 * @param faintShare part of the pictures with a faint figure
 * @param faintContrast colour distance of a faint figure and its ground
 * @param texture largest difference a channel within a texture
 * @param clutter largest number of small figures and bars behind
 * @param occluders largest number of thin bars in front
 * @param minNoise smallest deviation of the noise, of 255
 * @param maxNoise largest deviation of the noise, of 255
 */
record ShapeDifficulty(
    double minRadius,
    double maxRadius,
    double minSqueeze,
    double jitter,
    double contrast,
    double faintShare,
    double faintContrast,
    double texture,
    int clutter,
    int occluders,
    double minNoise,
    double maxNoise) {

  static final ShapeDifficulty DEFAULT =
      new ShapeDifficulty(6.5, 12.5, 0.72, 0.04, 150, 0.2, 70, 70, 10, 2, 4, 24);
}
