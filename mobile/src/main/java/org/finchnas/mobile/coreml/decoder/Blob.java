package org.finchnas.mobile.coreml.decoder;

import java.util.Arrays;

/**
 * Numbers with a shape, last dimension fastest. An image is 1 x channels x height x width.
 *
 * @param shape treat as read-only
 * @param values treat as read-only
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared; a list of boxed floats would be slow.
record Blob(int[] shape, float[] values) {

  Blob {
    int elements = Arrays.stream(shape).reduce(1, Math::multiplyExact);
    if (elements != values.length) {
      throw new MalformedModelException(
          "%s cannot be the shape of %d values".formatted(Arrays.toString(shape), values.length));
    }
  }

  int size(int axis) {
    return shape[axis];
  }

  Blob reshaped(int... newShape) {
    return new Blob(newShape, values);
  }

  /** The same dimensions in another order: dimension i of the result is {@code order[i]}. */
  Blob transposed(int... order) {
    int rank = shape.length;
    int[] newShape = new int[rank];
    int[] step = new int[rank];
    for (int i = 0; i < rank; i++) {
      newShape[i] = shape[order[i]];
      step[i] = Arrays.stream(shape, order[i] + 1, rank).reduce(1, (a, b) -> a * b);
    }
    return gathered(newShape, step, 0);
  }

  /** Every {@code stride}-th place from {@code start}, before {@code end}, of one dimension. */
  Blob sliced(int axis, int start, int end, int stride) {
    if (start < 0 || end > shape[axis] || start >= end || stride < 1) {
      throw new MalformedModelException(
          "there is no part %d to %d of %d".formatted(start, end, shape[axis]));
    }
    int[] newShape = shape.clone();
    newShape[axis] = (end - start + stride - 1) / stride;
    int[] step = steps();
    int first = start * step[axis];
    step[axis] *= stride;
    return gathered(newShape, step, first);
  }

  /** How far apart in the values neighbours of each dimension are. */
  private int[] steps() {
    int[] step = new int[shape.length];
    int next = 1;
    for (int i = shape.length - 1; i >= 0; i--) {
      step[i] = next;
      next *= shape[i];
    }
    return step;
  }

  /** The values as if dimensions of size 1, or missing in front, were repeated. */
  Blob broadcast(int... newShape) {
    if (Arrays.equals(shape, newShape)) {
      return this;
    }
    int missing = newShape.length - shape.length;
    int[] own = steps();
    int[] step = new int[newShape.length];
    for (int i = 0; i < newShape.length; i++) {
      int size = i < missing ? 1 : shape[i - missing];
      if (size != 1 && size != newShape[i]) {
        throw new MalformedModelException(
            "%s does not broadcast to %s"
                .formatted(Arrays.toString(shape), Arrays.toString(newShape)));
      }
      step[i] = size == 1 ? 0 : own[i - missing];
    }
    return gathered(newShape.clone(), step, 0);
  }

  private Blob gathered(int[] newShape, int[] step, int first) {
    float[] result = new float[Arrays.stream(newShape).reduce(1, Math::multiplyExact)];
    int[] index = new int[newShape.length];
    int from = first;
    for (int i = 0; i < result.length; i++) {
      result[i] = values[from];
      int axis = newShape.length - 1;
      while (axis >= 0 && ++index[axis] == newShape[axis]) {
        from -= (newShape[axis] - 1) * step[axis];
        index[axis--] = 0;
      }
      if (axis >= 0) {
        from += step[axis];
      }
    }
    return new Blob(newShape, result);
  }
}
