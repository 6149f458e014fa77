package org.finchnas.mobile.quantization;

/**
 * How signed bytes stand for numbers: {@code number = scale * (byte - zeroPoint)}.
 *
 * @param zeroPoint the byte that stands for 0
 */
public record Quantization(float scale, int zeroPoint) {

  /** Steps between the lowest and the highest byte. */
  public static final int STEPS = 255;

  /** Where the weakest of all bytes stands. */
  private static final float SMALLEST_SCALE = 1e-8f;

  public Quantization {
    if (!(scale > 0) || zeroPoint < Byte.MIN_VALUE || zeroPoint > Byte.MAX_VALUE) {
      throw new IllegalArgumentException(
          "Bytes need a scale above 0 (%s) and a zero among them (%d)."
              .formatted(scale, zeroPoint));
    }
  }

  /** Bytes for the numbers from low to high; 0 is made one of them, so that it stays exact. */
  public static Quantization of(ActivationRange range) {
    double low = Math.min(0, range.low());
    double high = Math.max(0, range.high());
    float scale = (float) Math.max(SMALLEST_SCALE, (high - low) / STEPS);
    return new Quantization(scale, (int) Math.rint(Byte.MIN_VALUE - low / scale));
  }

  /** The byte nearest to a number; the lowest or the highest where it is beyond them. */
  public byte quantize(double number) {
    double steps = Math.rint(number / scale) + zeroPoint;
    return (byte) Math.max(Byte.MIN_VALUE, Math.min(Byte.MAX_VALUE, steps));
  }

  public float dequantize(byte value) {
    return scale * (value - zeroPoint);
  }
}
