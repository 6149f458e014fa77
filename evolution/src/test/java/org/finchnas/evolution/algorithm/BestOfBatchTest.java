package org.finchnas.evolution.algorithm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.finchnas.evaluation.Forecast;
import org.finchnas.evaluation.Objective;
import org.finchnas.evolution.jenetics.JeneticsVariation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BestOfBatchTest {

  private static final Forecast<String> DIGIT_SUM =
      strings -> strings.stream().map(BestOfBatchTest::digitSum).toList();

  private static double digitSum(String digits) {
    return digits.chars().map(digit -> digit - '0').sum();
  }

  /** Samples are the given ones in turn; children are their parents with the next sample behind. */
  private static final class Scripted implements Variation<String> {

    private final List<String> samples;
    private int next;

    Scripted(String... samples) {
      this.samples = List.of(samples);
    }

    @Override
    public String sample() {
      return samples.get(next++ % samples.size());
    }

    @Override
    public Individual<String> tournament(
        List<Individual<String>> population,
        int sampleSize,
        Comparator<Individual<String>> fitness) {
      return population.get(sampleSize);
    }

    @Override
    public String mutate(String parent) {
      return parent + sample();
    }

    @Override
    public String cross(String first, String second) {
      throw new AssertionError("Nothing is crossed here.");
    }

    @Override
    public List<String> neighbours(String architecture) {
      throw new AssertionError("Nobody looks around here.");
    }
  }

  private static BestOfBatch<String> bestOf(int batch, Variation<String> variation) {
    return new BestOfBatch<>(variation, batch, each -> true, DIGIT_SUM, Function.identity());
  }

  @Test
  void givesTheBestOfEachBatch() {
    BestOfBatch<String> best = bestOf(3, new Scripted("1", "5", "3", "2", "4", "6"));

    assertThat(best.sample()).isEqualTo("5");
    assertThat(best.mutate("7")).isEqualTo("76");
  }

  @Test
  void ofEqualsTheFirstAndWithoutAForecastTheLast() {
    Forecast<String> silent =
        strings -> strings.stream().map(each -> each.equals("9") ? Double.NaN : 0).toList();
    Variation<String> variation = new Scripted("9", "1", "2");

    assertThat(new BestOfBatch<>(variation, 3, each -> true, silent, Function.identity()).sample())
        .isEqualTo("1");
  }

  @Test
  void theSameAgainOnlyWhereThereIsNothingElse() {
    BestOfBatch<String> best = bestOf(3, new Scripted("1", "5", "3"));

    assertThat(best.sample()).isEqualTo("5");
    assertThat(best.sample()).isEqualTo("3");
    assertThat(best.sample()).isEqualTo("1");
    assertThat(best.sample()).isEqualTo("5");
  }

  @Test
  void aTwinOfWhatWasGivenIsNotGivenWhileThereIsAnother() {
    Function<String, String> identity = digits -> digits.replaceFirst("^0+", "");
    BestOfBatch<String> best =
        new BestOfBatch<>(
            new Scripted("5", "1", "2", "05", "1", "2"), 3, each -> true, DIGIT_SUM, identity);

    assertThat(best.sample()).isEqualTo("5");
    assertThat(best.sample()).isEqualTo("2");
  }

  @Test
  void whatIsNotAllowedIsNeitherForecastNorGiven() {
    List<String> asked = new ArrayList<>();
    Forecast<String> forecast =
        strings -> {
          asked.addAll(strings);
          return DIGIT_SUM.of(strings);
        };
    Predicate<String> small = each -> digitSum(each) < 5;
    Variation<String> variation = new Scripted("5", "2", "1", "8", "9", "7");
    BestOfBatch<String> best =
        new BestOfBatch<>(variation, 3, small, forecast, Function.identity());

    assertThat(best.sample()).isEqualTo("2");
    assertThat(asked).containsExactly("2", "1");
    assertThat(best.sample()).as("to be rejected").isEqualTo("8");
  }

  @Test
  void tournamentsAreThoseOfTheVariation() {
    List<Individual<String>> population =
        List.of(new Individual<>(0, "1", List.of()), new Individual<>(1, "2", List.of()));

    assertThat(
            bestOf(2, new Scripted("1"))
                .tournament(population, 1, Individual.fitness(Objective.VALIDATION_ACCURACY)))
        .isEqualTo(population.get(1));
  }

  @Test
  void aBatchHoldsAtLeastOne() {
    assertThatThrownBy(() -> bestOf(0, new Scripted("1"))).hasMessageContaining("batch (0)");
    Forecast<String> never =
        strings -> {
          throw new AssertionError("one needs no forecast");
        };
    assertThat(
            new BestOfBatch<>(new Scripted("1"), 1, each -> true, never, Function.identity())
                .sample())
        .isEqualTo("1");
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void drawsFromTheSameStreamAndKeepsTheBestOfEachBatch(long seed) {
    DigitStrings space = new DigitStrings(12, 10);
    Variation<String> plain = new JeneticsVariation<>(space, seed);
    BestOfBatch<String> best = bestOf(8, new JeneticsVariation<>(space, seed));

    for (int i = 0; i < 50; i++) {
      double largest = 0;
      for (int draw = 0; draw < 8; draw++) {
        largest = Math.max(largest, digitSum(plain.sample()));
      }
      assertThat(digitSum(best.sample())).isEqualTo(largest);
    }
  }
}
