package org.finchnas.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SplitMixTest {

  /** The JDK's generator is the same algorithm by the same authors. */
  @ParameterizedTest
  @ValueSource(longs = {0, 1, -5, 1234567890123L})
  void drawsWhatSplittableRandomOfThisReleaseDraws(long seed) {
    SplittableRandom known = new SplittableRandom(seed);
    SplitMix random = new SplitMix(seed);
    for (int i = 0; i < 1000; i++) {
      assertThat(random.nextLong()).isEqualTo(known.nextLong());
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {3, 4})
  void spreadsEvenly(long seed) {
    SplitMix random = new SplitMix(seed);
    int[] counts = new int[7];
    double sum = 0;
    for (int i = 0; i < 70_000; i++) {
      counts[random.below(7)]++;
      sum += random.between(2, 4);
    }
    assertThat(Arrays.stream(counts).boxed())
        .allSatisfy(count -> assertThat(count).isBetween(9_600, 10_400));
    assertThat(sum / 70_000).isBetween(2.98, 3.02);
  }
}
