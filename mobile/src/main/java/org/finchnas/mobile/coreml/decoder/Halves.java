package org.finchnas.mobile.coreml.decoder;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Half precision as the decoder reads it: a sign, 5 bits of exponent, 10 of fraction. */
final class Halves {
  private Halves() {}

  static float[] read(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    float[] values = new float[bytes.length / Short.BYTES];
    for (int i = 0; i < values.length; i++) {
      values[i] = single(buffer.getShort());
    }
    return values;
  }

  /** What is left of a number in half precision. */
  static float rounded(float value) {
    double unit = Math.scalb(1.0, Math.max(Math.getExponent(value), -14) - 10);
    float nearest = (float) (Math.rint(value / unit) * unit);
    if (Math.abs(nearest) > 65504) {
      return Math.copySign(Float.POSITIVE_INFINITY, value);
    }
    return nearest;
  }

  private static float single(short bits) {
    int exponent = bits >> 10 & 31;
    int fraction = bits & 1023;
    float size;
    if (exponent == 31) {
      size = fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
    } else if (exponent == 0) {
      size = fraction / 16777216f;
    } else {
      size = (float) ((1 + fraction / 1024.0) * Math.pow(2, exponent - 15));
    }
    return bits < 0 ? -size : size;
  }
}
