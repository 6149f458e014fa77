package org.finchnas.mobile.latency.kernel;

/**
 * What a device computes at once: a product of matrices so many pixels times so many channels,
 * other kernels so many channels. What does not fill a tile takes as long as one that does.
 */
public record Tile(int pixels, int channels) {

  /** One value at a time. */
  public static final Tile ONE = new Tile(1, 1);

  public Tile {
    if (pixels < 1 || channels < 1 || pixels > 1024 || channels > 1024) {
      throw new IllegalArgumentException(
          "A tile has from 1 to 1024 pixels (%d) and channels (%d).".formatted(pixels, channels));
    }
  }

  long pixels(long count) {
    return (count + pixels - 1) / pixels * pixels;
  }

  long channels(long count) {
    return (count + channels - 1) / channels * channels;
  }
}
