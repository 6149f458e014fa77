package org.finchnas.mobile.latency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class LatencyMeterTest {

  /** Counts how often it was run. */
  private static final class Counting implements Inference {
    private int runs;

    @Override
    public void run() {
      runs++;
    }

    @Override
    public void close() {}
  }

  @Test
  void warmUpsAreRunButNotCounted() {
    Counting inference = new Counting();
    LatencyMeasurement latency = new LatencyMeter("here", 3, 7).measure(inference, "a runtime", 1);
    assertThat(inference.runs).isEqualTo(10);
    assertThat(latency.warmUps()).isEqualTo(3);
    assertThat(latency.repeats()).isEqualTo(7);
    assertThat(latency.device()).isEqualTo("here");
    assertThat(latency.runtime()).isEqualTo("a runtime");
    assertThat(latency.minimumMillis()).isPositive().isLessThanOrEqualTo(latency.medianMillis());
  }

  @Test
  void nothingIsMeasuredWithoutARepeat() {
    assertThatThrownBy(() -> new LatencyMeter("here", 0, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 repeat (0)");
  }
}
