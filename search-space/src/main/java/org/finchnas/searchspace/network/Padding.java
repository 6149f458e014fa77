package org.finchnas.searchspace.network;

/** Rows and columns added around an image before a window slides over it. */
public record Padding(int top, int left, int bottom, int right) {

  public static final Padding NONE = new Padding(0, 0, 0, 0);

  public Padding {
    if (top < 0 || left < 0 || bottom < 0 || right < 0) {
      throw new IllegalArgumentException(
          "Padding (%d, %d, %d, %d) must not be negative.".formatted(top, left, bottom, right));
    }
  }

  /** The same number of rows and columns on every side, as PyTorch pads. */
  public static Padding symmetric(int rows, int columns) {
    return new Padding(rows, columns, rows, columns);
  }

  /**
   * TensorFlow's SAME rule: the output has ceil(size / stride) rows, and an odd row goes to the
   * bottom, an odd column to the right.
   */
  public static Padding same(
      Shape input,
      int kernelHeight,
      int kernelWidth,
      int strideHeight,
      int strideWidth,
      int dilation) {
    int rows = sameTotal(input.height(), kernelHeight, strideHeight, dilation);
    int columns = sameTotal(input.width(), kernelWidth, strideWidth, dilation);
    return new Padding(rows / 2, columns / 2, rows - rows / 2, columns - columns / 2);
  }

  private static int sameTotal(int size, int kernel, int stride, int dilation) {
    int output = (size + stride - 1) / stride;
    int extent = (kernel - 1) * dilation + 1;
    return Math.max(0, (output - 1) * stride + extent - size);
  }
}
