package org.finchnas.mobile.coreml.decoder;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HalvesTest {

  private static float read(int bits) {
    return Halves.read(new byte[] {(byte) bits, (byte) (bits >> 8)})[0];
  }

  @ParameterizedTest
  @CsvSource({
    "0x3C00, 1",
    "0xC000, -2",
    "0x7BFF, 65504",
    "0x0400, 6.1035156E-5",
    "0x0001, 5.9604645E-8",
    "0x8001, -5.9604645E-8",
    "0x3555, 0.33325195",
    "0x7C00, Infinity"
  })
  void bitsAreReadAsTheStandardHasThem(String bits, float expected) {
    assertThat(read(Integer.decode(bits))).isEqualTo(expected);
  }

  @Test
  void everyHalfIsItsOwnRounding() {
    for (int bits = 0; bits < 0x7C00; bits++) {
      assertThat(Halves.rounded(read(bits))).isEqualTo(read(bits));
      assertThat(Halves.rounded(-read(bits))).isEqualTo(-read(bits));
    }
  }

  @Test
  void whatLiesBetweenIsRoundedToTheNearerOrTheEvenOne() {
    for (int bits = 0; bits < 0x7BFF; bits++) {
      float low = read(bits);
      float high = read(bits + 1);
      float middle = (low + high) / 2;
      assertThat(Halves.rounded(middle)).isEqualTo(bits % 2 == 0 ? low : high);
      assertThat(Halves.rounded(Math.nextDown(middle))).isEqualTo(low);
      assertThat(Halves.rounded(Math.nextUp(middle))).isEqualTo(high);
    }
    assertThat(Halves.rounded(65520)).isInfinite();
    assertThat(Halves.rounded(Float.NaN)).isNaN();
  }
}
