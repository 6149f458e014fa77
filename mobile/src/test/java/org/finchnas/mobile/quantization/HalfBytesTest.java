package org.finchnas.mobile.quantization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HalfBytesTest {

  /** Bits by hand from IEEE 754: ties go to the even one, small numbers lose digits. */
  @ParameterizedTest
  @CsvSource({
    "0, 0x0000",
    "-0.0, 0x8000",
    "1, 0x3C00",
    "-2, 0xC000",
    "0.33333334, 0x3555",
    "65504, 0x7BFF",
    "65519.9, 0x7BFF",
    "2049, 0x6800",
    "2051, 0x6802",
    "1.9999, 0x4000",
    "6.1035156E-5, 0x0400",
    "6.097555E-5, 0x03FF",
    "5.9604645E-8, 0x0001",
    "2.9802322E-8, 0x0000",
    "3.1E-8, 0x0001"
  })
  void theNearestHalfIsTaken(float value, String bits) {
    int expected = Integer.decode(bits);
    assertThat(HalfPrecision.bytes(value)).containsExactly(expected & 255, expected >> 8);
  }

  @ParameterizedTest
  @ValueSource(floats = {65520, Float.POSITIVE_INFINITY, Float.NaN})
  void whatHasNoHalfIsRefused(float value) {
    assertThatThrownBy(() -> HalfPrecision.bytes(value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("too large for half precision");
  }

  @Test
  void aScaleIsRoundedUpwards() {
    assertThat(HalfPrecision.atLeast(1.0001f)).isEqualTo(1 + 1f / 1024);
    assertThat(HalfPrecision.atLeast(0.5f)).isEqualTo(0.5f);
    assertThat(HalfPrecision.atLeast(0)).isEqualTo(1f / (1 << 24));
  }
}
