package org.finchnas.searchspace.network;

/**
 * What slides over an image in a convolution or a pooling.
 *
 * <p>Padding is explicit, so that a window means the same to every runtime; {@link #isSame} tells
 * whether it is what TensorFlow calls SAME.
 *
 * @param dilation distance between neighbouring taps, 1 for a dense kernel
 */
public record Window(
    int kernelHeight,
    int kernelWidth,
    int strideHeight,
    int strideWidth,
    int dilation,
    Padding padding) {

  public Window {
    if (kernelHeight < 1
        || kernelWidth < 1
        || strideHeight < 1
        || strideWidth < 1
        || dilation < 1) {
      throw new IllegalArgumentException(
          "Kernel (%d x %d), stride (%d x %d) and dilation (%d) must all be at least 1."
              .formatted(kernelHeight, kernelWidth, strideHeight, strideWidth, dilation));
    }
  }

  /** A square SAME window over images of the given shape. */
  public static Window same(Shape input, int kernel, int stride, int dilation) {
    return same(input, kernel, kernel, stride, stride, dilation);
  }

  /** A SAME window over images of the given shape. */
  public static Window same(
      Shape input,
      int kernelHeight,
      int kernelWidth,
      int strideHeight,
      int strideWidth,
      int dilation) {
    return new Window(
        kernelHeight,
        kernelWidth,
        strideHeight,
        strideWidth,
        dilation,
        Padding.same(input, kernelHeight, kernelWidth, strideHeight, strideWidth, dilation));
  }

  /** A square window with the given padding on every side. */
  public static Window square(int kernel, int stride, int padding) {
    return new Window(kernel, kernel, stride, stride, 1, Padding.symmetric(padding, padding));
  }

  /**
   * A square window without padding but for what the last row and column need to be seen: what
   * PyTorch calls ceil mode.
   */
  public static Window ceiling(Shape input, int kernel, int stride) {
    int bottom = missing(input.height(), kernel, stride);
    int right = missing(input.width(), kernel, stride);
    return new Window(kernel, kernel, stride, stride, 1, new Padding(0, 0, bottom, right));
  }

  private static int missing(int size, int kernel, int stride) {
    return size < kernel ? 0 : Math.floorMod(kernel - size, stride);
  }

  /** Whether this is the SAME window for images of the given shape. */
  public boolean isSame(Shape input) {
    return padding.equals(
        Padding.same(input, kernelHeight, kernelWidth, strideHeight, strideWidth, dilation));
  }

  /** The shape after sliding over {@code input}, channels unchanged. */
  public Shape slideOver(Shape input) {
    return new Shape(
        input.channels(),
        outputSize(
            input.height(), kernelHeight, strideHeight, padding.top() + padding.bottom(), "high"),
        outputSize(
            input.width(), kernelWidth, strideWidth, padding.left() + padding.right(), "wide"));
  }

  private int outputSize(int size, int kernel, int stride, int padded, String direction) {
    int extent = (kernel - 1) * dilation + 1;
    if (size + padded < extent) {
      throw new IllegalArgumentException(
          "A window %d %s does not fit an image %d %s. Use a larger image or fewer reductions."
              .formatted(extent, direction, size + padded, direction));
    }
    return (size + padded - extent) / stride + 1;
  }
}
