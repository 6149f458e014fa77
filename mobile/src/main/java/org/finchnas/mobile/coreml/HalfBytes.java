package org.finchnas.mobile.coreml;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Numbers in half precision (IEEE 754 binary16), little end first. */
final class HalfBytes {

  private static final float LARGEST = 65504;
  private static final int SMALLEST_EXPONENT = -14;

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

  /** The smallest half above zero that is not below a positive number. */
  static float atLeast(float value) {
    float unit = unit(value);
    return Math.max(1, (float) Math.ceil((double) value / unit)) * unit;
  }

  /** The distance of halves of this size: a half has 10 binary digits behind its first. */
  private static float unit(float size) {
    return Math.scalb(1f, Math.max(Math.getExponent(size), SMALLEST_EXPONENT) - 10);
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
    int digits = (int) Math.rint((double) size / unit(size));
    int biased = Math.max(Math.getExponent(size), SMALLEST_EXPONENT) - SMALLEST_EXPONENT;
    return (short) (sign | (biased * 1024 + digits));
  }
}
