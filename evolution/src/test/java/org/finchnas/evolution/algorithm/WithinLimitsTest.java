package org.finchnas.evolution.algorithm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import org.finchnas.evolution.jenetics.JeneticsVariation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WithinLimitsTest {

  private static final DigitStrings SPACE = new DigitStrings(14, 3);

  private static WithinLimits<String> within(long seed, ToDoubleFunction<String> violation) {
    return new WithinLimits<>(new JeneticsVariation<>(SPACE, seed), new Foreknown(violation, 1));
  }

  private static double sum(String digits) {
    return digits.chars().map(digit -> digit - '0').sum();
  }

  /** Sums up to 3 are kept by one string of about 7 000: 680 of 3^14. */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void reachesWhatHardlyAnythingKeeps(long seed) {
    WithinLimits<String> variation = within(seed, digits -> Math.max(0, sum(digits) / 3 - 1));
    for (int i = 0; i < 50; i++) {
      String sample = variation.sample();
      assertThat(sum(sample)).isLessThanOrEqualTo(3);
      assertThat(sum(variation.mutate(sample))).isLessThanOrEqualTo(3);
      assertThat(sum(variation.cross(sample, variation.sample()))).isLessThanOrEqualTo(3);
    }
    assertThat(variation.rejected()).containsOnlyKeys("limit");
  }

  /** Where limits leave half, all that keep them are as likely. */
  @Test
  void drawsUniformlyWhereLimitsLeaveMuch() {
    WithinLimits<String> variation =
        within(4, digits -> digits.charAt(0) == '0' && digits.charAt(1) == '0' ? 1 : 0);
    Map<String, Integer> counts = new HashMap<>();
    for (int i = 0; i < 8000; i++) {
      counts.merge(variation.sample().substring(0, 2), 1, Integer::sum);
    }
    assertThat(counts).hasSize(8).doesNotContainKey("00");
    assertThat(counts.values()).allMatch(count -> count > 850 && count < 1150);
  }

  @Test
  void withoutLimitsChangesNothing() {
    WithinLimits<String> variation = within(5, digits -> 0);
    JeneticsVariation<String> plain = new JeneticsVariation<>(SPACE, 5);
    for (int i = 0; i < 100; i++) {
      String sample = plain.sample();
      assertThat(variation.sample()).isEqualTo(sample);
      assertThat(variation.mutate(sample)).isEqualTo(plain.mutate(sample));
    }
    assertThat(variation.rejected()).isEmpty();
  }

  @Test
  void triesLessAndLessWhereNothingKeepsTheLimits() {
    WithinLimits<String> variation = within(6, digits -> 1 + sum(digits));
    for (int i = 0; i < 200; i++) {
      assertThat(variation.sample()).hasSize(14);
    }
    Integer before = variation.rejected().get("limit");
    for (int i = 0; i < 1000; i++) {
      String unused = variation.sample();
    }
    assertThat(variation.rejected()).isEqualTo(Map.of("limit", Objects.requireNonNull(before)));
  }
}
