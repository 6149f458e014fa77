package org.finchnas.mobile.quantization;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HalfPrecisionTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0000",
    "-0.0, 8000",
    "1, 3c00",
    "-2, c000",
    "65504, 7bff",
    "65519.99, 7bff",
    "65520, 7c00",
    "1e30, 7c00",
    "-Infinity, fc00",
    "NaN, 7e00",
    "0x1p-14f, 0400",
    "0x1p-24f, 0001",
    "0x1p-25f, 0000",
    "0x1.8p-25f, 0001",
    "0.1, 2e66"
  })
  void knownValues(String value, String bits) {
    short half = HalfPrecision.bits(Float.parseFloat(value));
    assertThat("%04x".formatted(Short.toUnsignedInt(half))).isEqualTo(bits);
  }

  /** What a half means, from its definition. */
  private static double meaning(int bits) {
    int exponent = (bits >>> 10) & 31;
    double fraction = bits & 1023;
    double magnitude =
        exponent == 0 ? fraction * 0x1p-24 : (1 + fraction / 1024) * Math.pow(2, exponent - 15);
    return (bits & 0x8000) == 0 ? magnitude : -magnitude;
  }

  @Test
  void everyFiniteHalfIsItself() {
    for (int bits = 0; bits < 1 << 16; bits++) {
      if (((bits >>> 10) & 31) != 31) {
        assertThat(Short.toUnsignedInt(HalfPrecision.bits((float) meaning(bits)))).isEqualTo(bits);
      }
    }
  }

  @Test
  void noOtherHalfIsNearer() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 10_000; i++) {
      float value = (float) (random.nextDouble(-1, 1) * Math.pow(2, random.nextInt(-26, 15)));
      int bits = Short.toUnsignedInt(HalfPrecision.bits(value));
      double error = Math.abs(meaning(bits) - value);
      assertThat(error).isLessThanOrEqualTo(Math.abs(meaning(bits + 1) - value));
      if ((bits & 0x7fff) != 0) {
        assertThat(error).isLessThanOrEqualTo(Math.abs(meaning(bits - 1) - value));
      }
    }
  }
}
