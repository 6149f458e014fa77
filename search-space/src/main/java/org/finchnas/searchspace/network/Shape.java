package org.finchnas.searchspace.network;

/** The shape of one image's activations: channels, height, width. The batch is never part of it. */
public record Shape(int channels, int height, int width) {

  public Shape {
    if (channels < 1 || height < 1 || width < 1) {
      throw new IllegalArgumentException(
          "A shape needs at least one channel, row and column, but is %d x %d x %d. A larger image"
                  .formatted(channels, height, width)
              + " or fewer reductions keep it from becoming empty.");
    }
  }

  /** Number of values. */
  public long elements() {
    return (long) channels * height * width;
  }

  public Shape withChannels(int newChannels) {
    return new Shape(newChannels, height, width);
  }

  public boolean sameSize(Shape other) {
    return height == other.height && width == other.width;
  }

  @Override
  public String toString() {
    return channels + "x" + height + "x" + width;
  }
}
