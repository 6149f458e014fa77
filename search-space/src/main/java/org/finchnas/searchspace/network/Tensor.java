package org.finchnas.searchspace.network;

import java.util.List;

/** A plain array of floats with a shape, last dimension fastest. The values are not copied. */
public final class Tensor {

  private final List<Integer> shape;
  private final float[] values;

  public Tensor(List<Integer> shape, float[] values) {
    long elements = shape.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
    if (elements != values.length) {
      throw new IllegalArgumentException(
          "Shape %s holds %d values, not %d.".formatted(shape, elements, values.length));
    }
    this.shape = List.copyOf(shape);
    this.values = values;
  }

  public List<Integer> shape() {
    return shape;
  }

  /** The values themselves: treat them as read-only. */
  public float[] values() {
    return values;
  }
}
