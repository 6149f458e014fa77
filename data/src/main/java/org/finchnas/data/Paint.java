package org.finchnas.data;

/**
 * Two colours and how they mix over the picture.
 *
 * @param first red, green and blue, 0 to 255
 * @param second the colour it blends to
 * @param texture how the two alternate
 * @param dx change of the pattern's phase a pixel to the right
 * @param dy change of the pattern's phase a pixel down
 * @param phase where the pattern starts; seeds the lattice of {@link Texture#CLOUDS}
 */
record Paint(Colour first, Colour second, Texture texture, double dx, double dy, double phase) {

  /** Ways two colours share a surface. */
  enum Texture {
    FLAT,
    GRADIENT,
    STRIPES,
    CHECKS,
    CLOUDS
  }

  /** A colour, each part 0 to 255. */
  record Colour(double red, double green, double blue) {

    static Colour any(SplitMix random) {
      return new Colour(random.between(0, 255), random.between(0, 255), random.between(0, 255));
    }

    /** Sum of the channels' differences, 0 to 765. */
    double distance(Colour other) {
      return Math.abs(red - other.red)
          + Math.abs(green - other.green)
          + Math.abs(blue - other.blue);
    }

    /** Sum of the channels, 0 to 765. */
    double brightness() {
      return red + green + blue;
    }

    Colour near(double amount, SplitMix random) {
      return new Colour(
          red + random.between(-amount, amount),
          green + random.between(-amount, amount),
          blue + random.between(-amount, amount));
    }
  }

  static Paint flat(Colour colour) {
    return new Paint(colour, colour, Texture.FLAT, 0, 0, 0);
  }

  /** A random texture of two colours that differ by at most {@code contrast} a channel. */
  static Paint textured(Colour colour, double contrast, SplitMix random) {
    Texture[] textures = Texture.values();
    Texture texture = textures[random.below(textures.length)];
    double angle = random.between(0, 2 * StrictMath.PI);
    double frequency = texture == Texture.GRADIENT ? 0.03 : random.between(0.08, 0.35);
    return new Paint(
        colour,
        colour.near(contrast, random),
        texture,
        frequency * StrictMath.cos(angle),
        frequency * StrictMath.sin(angle),
        random.between(0, 64));
  }

  double colour(int channel, double share) {
    return switch (channel) {
      case 0 -> first.red + share * (second.red - first.red);
      case 1 -> first.green + share * (second.green - first.green);
      default -> first.blue + share * (second.blue - first.blue);
    };
  }

  /** Part of the second colour at a pixel, 0 to 1. */
  double share(int x, int y) {
    double along = x * dx + y * dy + phase;
    double across = y * dx - x * dy + phase;
    return switch (texture) {
      case FLAT -> 0;
      case GRADIENT, STRIPES -> wave(along);
      case CHECKS -> wave(along) > 0.5 ^ wave(across) > 0.5 ? 1 : 0;
      case CLOUDS -> cloud(along, across);
    };
  }

  /** A triangle wave of period 1. */
  private static double wave(double t) {
    double part = t - Math.floor(t);
    return part < 0.5 ? 2 * part : 2 - 2 * part;
  }

  /** Random values on a lattice, bilinear between. */
  private double cloud(double u, double v) {
    double u0 = Math.floor(u);
    double v0 = Math.floor(v);
    double s = u - u0;
    double t = v - v0;
    long i = (long) u0;
    long j = (long) v0;
    double near = lattice(i, j) * (1 - s) + lattice(i + 1, j) * s;
    double far = lattice(i, j + 1) * (1 - s) + lattice(i + 1, j + 1) * s;
    return near * (1 - t) + far * t;
  }

  private double lattice(long i, long j) {
    long bits = SplitMix.mix(Double.doubleToLongBits(phase) + i * 0x51ed27L + j * 0x2545f491L);
    return (bits >>> 11) * 0x1.0p-53;
  }
}
