package org.finchnas.mobile.quantization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantizationTest {

  @ParameterizedTest
  @CsvSource({"-1, 1", "0, 6", "2, 5", "-9, -4", "-0.001, 3000", "0, 0"})
  void zeroIsExactAndNoNumberIsOffByMoreThanHalfAStep(float low, float high) {
    Quantization quantization = Quantization.of(new ActivationRange(low, high));
    assertThat(quantization.dequantize(quantization.quantize(0))).isZero();
    for (int i = 0; i <= 100; i++) {
      double number = low + (high - (double) low) * i / 100;
      // The zero point is rounded too, so the two ends may be half a step beyond the bytes.
      assertThat((double) quantization.dequantize(quantization.quantize(number)))
          .isCloseTo(number, within(quantization.scale() * 1.001));
    }
  }

  @Test
  void aRangeFromZeroHasItsLowestByteThere() {
    assertThat(Quantization.of(new ActivationRange(0, 6)).zeroPoint()).isEqualTo(-128);
  }

  @Test
  void whatIsBeyondSaturates() {
    Quantization quantization = new Quantization(0.5f, 10);
    assertThat(quantization.quantize(1e9)).isEqualTo((byte) 127);
    assertThat(quantization.quantize(-1e9)).isEqualTo((byte) -128);
  }

  @Test
  void aScaleOfZeroIsRefused() {
    assertThatThrownBy(() -> new Quantization(0, 0)).hasMessageContaining("scale above 0 (0.0)");
  }
}
