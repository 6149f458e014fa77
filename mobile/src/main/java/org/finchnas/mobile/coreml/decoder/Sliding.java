package org.finchnas.mobile.coreml.decoder;

/**
 * A window that slides over the rows and columns of an image: arrays of two, rows first.
 *
 * @param before padding above and to the left
 * @param after padding below and to the right
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record Sliding(int[] kernel, int[] stride, int[] dilation, int[] before, int[] after) {

  int outputs(int axis, int size) {
    int reach = (kernel[axis] - 1) * dilation[axis] + 1;
    int free = size + before[axis] + after[axis] - reach;
    if (free < 0) {
      throw new MalformedModelException(
          "a window of %d does not fit an image of %d".formatted(reach, size));
    }
    return free / stride[axis] + 1;
  }

  /** The place in the image that a tap reads; outside of it is padding. */
  int place(int axis, int output, int tap) {
    return output * stride[axis] + tap * dilation[axis] - before[axis];
  }

  int taps() {
    return kernel[0] * kernel[1];
  }

  /** Whether each place reads itself alone. */
  boolean pointwise() {
    return taps() == 1
        && stride[0] == 1
        && stride[1] == 1
        && before[0] + before[1] + after[0] + after[1] == 0;
  }
}
