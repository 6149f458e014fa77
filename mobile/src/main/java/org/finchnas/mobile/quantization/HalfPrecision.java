package org.finchnas.mobile.quantization;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Numbers of IEEE 754 binary16: 1 bit of sign, 5 of exponent, 10 of fraction. */
public final class HalfPrecision {

  /** The largest finite half. */
  public static final float LARGEST = 65504;

  /** From here on the nearest half is infinite. */
  private static final float INFINITE = LARGEST + 16;

  private HalfPrecision() {}

  /**
   * All values, two bytes each, little end first.
   *
   * @throws IllegalArgumentException if a number is too large for half precision
   */
  public static byte[] bytes(float... values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      if (!(Math.abs(value) < INFINITE)) {
        throw new IllegalArgumentException(
            "The weight %s is too large for half precision, which ends at %.0f. Export fp32."
                .formatted(value, LARGEST));
      }
      bytes.putShort(bits(value));
    }
    return bytes.array();
  }

  /**
   * The bits of the half nearest to a float, of two equally near the one that ends in 0; infinity
   * from 65520 on.
   */
  public static short bits(float value) {
    int bits = Float.floatToRawIntBits(value);
    int sign = (bits >>> 16) & 0x8000;
    int magnitude = bits & 0x7fffffff;
    if (magnitude > 0x7f800000) {
      return (short) (sign | 0x7e00);
    }
    if (magnitude >= 0x47800000) {
      return (short) (sign | 0x7c00);
    }
    if (magnitude < 0x38800000) {
      // Below 2^-14 a half counts in steps of 2^-24: a multiplication by 2^24 is exact.
      return (short) (sign | (int) Math.rint(Math.abs(value) * 0x1p24f));
    }
    // A carry out of the fraction goes into the exponent, and out of the largest half to infinity.
    int even = (magnitude >>> 13) & 1;
    return (short) (sign | ((magnitude - (112 << 23) + 0xfff + even) >>> 13));
  }

  /** The smallest half above zero that is not below a positive number. */
  public static float atLeast(float value) {
    float unit = Math.scalb(1f, Math.max(Math.getExponent(value), -14) - 10);
    return Math.max(1, (float) Math.ceil((double) value / unit)) * unit;
  }
}
