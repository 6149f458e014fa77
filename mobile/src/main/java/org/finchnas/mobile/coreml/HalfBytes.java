package org.finchnas.mobile.coreml;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Numbers in half precision (IEEE 754 binary16), little end first. */
final class HalfBytes {

  private static final float LARGEST = 65504;

  private HalfBytes() {}

  /**
   * @throws IllegalArgumentException if a number is too large for half precision
   */
  static byte[] of(float... values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      bytes.putShort(half(value));
    }
    return bytes.array();
  }

  /** The nearest half; of two equally near ones the even one. */
  private static short half(float value) {
    float size = Math.abs(value);
    if (!(size < LARGEST + 16)) {
      throw new IllegalArgumentException(
          "The weight %s is too large for half precision, which ends at %.0f. Export fp32."
              .formatted(value, LARGEST));
    }
    int sign = Float.floatToRawIntBits(value) >>> 16 & 0x8000;
    // Adding this power of two leaves exactly the digits that a half of this size has.
    int exponent = Math.max(Math.getExponent(size), -14);
    float unit = Math.scalb(1f, exponent - 10);
    long digits = (long) Math.rint((double) size / unit);
    int biased = exponent + 14;
    return (short) (sign | (int) ((long) biased * 1024 + digits));
  }
}
