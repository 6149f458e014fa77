package org.finchnas.mobile.coreml;

import org.finchnas.mobile.quantization.HalfPrecision;

/** Numbers in half precision, none of which may be lost. */
final class HalfBytes {

  private static final float LARGEST = 65504;

  /** From here on the nearest half is infinite. */
  private static final float INFINITE = LARGEST + 16;

  private HalfBytes() {}

  /**
   * Little end first.
   *
   * @throws IllegalArgumentException if a number is too large for half precision
   */
  static byte[] of(float... values) {
    for (float value : values) {
      if (!(Math.abs(value) < INFINITE)) {
        throw new IllegalArgumentException(
            "The weight %s is too large for half precision, which ends at %.0f. Export fp32."
                .formatted(value, LARGEST));
      }
    }
    return HalfPrecision.bytes(values);
  }

  /** The smallest half above zero that is not below a positive number. */
  static float atLeast(float value) {
    float unit = Math.scalb(1f, Math.max(Math.getExponent(value), -14) - 10);
    return Math.max(1, (float) Math.ceil((double) value / unit)) * unit;
  }
}
