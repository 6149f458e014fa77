package org.finchnas.cli.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ScaleTest {

  private static Scale scale(Axis.Format format, double... values) {
    return Scale.covering(values, format, 0, 100);
  }

  static LongStream seeds() {
    return LongStream.range(0, 100);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void showsAllValuesBetweenAFewTicks(long seed) {
    Random random = new Random(seed);
    double size = Math.pow(10, random.nextInt(12) - 3);
    double[] values = random.doubles(1 + random.nextInt(10)).map(v -> v * size).toArray();
    Scale scale = scale(Axis.Format.COUNT, values);
    for (double value : values) {
      assertThat(scale.pixel(value)).isBetween(0.0, 100.0);
    }
    assertThat(scale.ticks()).isSorted().hasSizeBetween(3, 10);
    assertThat(scale.ticks()).allMatch(tick -> tick >= scale.low() && tick <= scale.high() * 1.001);
  }

  @Test
  void ticksAreRound() {
    assertThat(scale(Axis.Format.PERCENT, 0.12, 0.61).ticks())
        .usingElementComparator((a, b) -> Math.abs(a - b) < 1e-9 ? 0 : Double.compare(a, b))
        .containsExactly(0.1, 0.2, 0.3, 0.4, 0.5, 0.6);
    assertThat(scale(Axis.Format.COUNT, 3e5, 9e6).ticks()).containsExactly(5e5, 1e6, 2e6, 5e6, 1e7);
  }

  @Test
  void widelyDifferentCostsGetEqualRoomForEqualRatios() {
    Scale scale = scale(Axis.Format.COUNT, 1e4, 1e6);
    assertThat(scale.logarithmic()).isTrue();
    assertThat(scale.pixel(1e6) - scale.pixel(1e5))
        .isCloseTo(scale.pixel(1e5) - scale.pixel(1e4), within(1e-9));
    assertThat(scale(Axis.Format.COUNT, 1e5, 1e6).logarithmic()).isFalse();
    assertThat(scale(Axis.Format.COUNT, 0, 1e6).logarithmic()).isFalse();
    assertThat(scale(Axis.Format.PERCENT, 0.01, 0.9).logarithmic()).isFalse();
  }

  @Test
  void sharesStayWithinTheirBounds() {
    Scale scale = scale(Axis.Format.PERCENT, 0.0, 1.0);
    assertThat(scale.low()).isZero();
    assertThat(scale.high()).isEqualTo(1);
  }

  @Test
  void tickTextsAreShort() {
    assertThat(new Axis("", Axis.Format.COUNT).tick(2_500_000)).isEqualTo("2.5 M");
    assertThat(new Axis("", Axis.Format.COUNT).tick(500)).isEqualTo("500");
    assertThat(new Axis("", Axis.Format.COUNT).tick(3e9)).isEqualTo("3 G");
    assertThat(new Axis("", Axis.Format.PERCENT).tick(0.30000000000000004)).isEqualTo("30 %");
    assertThat(new Axis("", Axis.Format.NUMBER).tick(0.25)).isEqualTo("0.25");
    assertThat(new Axis("", Axis.Format.NUMBER).tick(0)).isEqualTo("0");
  }
}
