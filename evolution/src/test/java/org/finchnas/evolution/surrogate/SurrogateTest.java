package org.finchnas.evolution.surrogate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.finchnas.evaluation.RankCorrelation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SurrogateTest {

  private static final int LENGTH = 10;
  private static final KernelShape SHAPE =
      new KernelShape(Collections.nCopies(LENGTH, 0), List.of(4));

  private static int[] random(Random random) {
    return random.ints(LENGTH, 0, 4).toArray();
  }

  private static double additive(int[] values) {
    double sum = 0;
    for (int i = 0; i < LENGTH; i++) {
      sum += (i + 1) * Math.abs(values[i] - 2) + (values[i] == values[(i + 1) % LENGTH] ? 5 : 0);
    }
    return sum;
  }

  private static Surrogate taught(int count, Random random, ToDoubleFunction<int[]> result) {
    Surrogate surrogate = new Surrogate(SHAPE);
    for (int i = 0; i < count; i++) {
      int[] values = random(random);
      surrogate.tell(values, i, result.applyAsDouble(values));
      surrogate.maintain(Set.of());
    }
    return surrogate;
  }

  private static double tau(Surrogate surrogate, Random random, ToDoubleFunction<int[]> result) {
    List<Double> expected = new ArrayList<>();
    List<Double> results = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      int[] values = random(random);
      expected.add(surrogate.mean(values));
      results.add(result.applyAsDouble(values));
    }
    return RankCorrelation.kendallTau(expected, results);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void foretellsWhatItWasNotTold(long seed) {
    Random random = new Random(seed);
    Surrogate surrogate = taught(120, random, SurrogateTest::additive);
    double tau = tau(surrogate, random, SurrogateTest::additive);
    assertThat(tau).isGreaterThan(0.6);
    assertThat(surrogate.foresight()).isCloseTo(tau, within(0.25));
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {4, 5, 6, 7})
  void noticesThatItDoesNot(long seed) {
    Random random = new Random(seed);
    Surrogate surrogate = taught(120, random, values -> random.nextGaussian());
    assertThat(surrogate.foresight()).isLessThan(0.2);
  }

  @Test
  void whatIsExpectedMakesCertainAndNotBetter() {
    Random random = new Random(8);
    Surrogate surrogate = taught(60, random, SurrogateTest::additive);
    int[] asked = random(random);
    Surrogate.Expectation before = surrogate.expectation(asked);
    surrogate.expect(asked);
    Surrogate.Expectation after = surrogate.expectation(asked);
    assertThat(after.deviation()).isLessThan(before.deviation() / 2);
    assertThat(after.mean()).isCloseTo(before.mean(), within(0.05));
  }

  /**
   * Told one by one with expectations in between, it knows what one knows that was told at once.
   */
  @Test
  void aResultTakesThePlaceOfTheExpectation() {
    Random random = new Random(9);
    List<int[]> points = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      points.add(random(random));
    }
    Surrogate plain = new Surrogate(SHAPE);
    Surrogate ahead = new Surrogate(SHAPE);
    for (int i = 0; i < 40; i++) {
      plain.tell(points.get(i), i, additive(points.get(i)));
      ahead.expect(points.get(i));
      if (i >= 3) {
        ahead.tell(points.get(i - 3), i - 3, additive(points.get(i - 3)));
      }
    }
    for (int i = 37; i < 40; i++) {
      ahead.tell(points.get(i), i, additive(points.get(i)));
    }
    assertThat(ahead.size()).isEqualTo(40);
    for (int i = 0; i < 20; i++) {
      int[] values = random(random);
      Surrogate.Expectation one = plain.expectation(values);
      Surrogate.Expectation other = ahead.expectation(values);
      assertThat(other.mean()).isCloseTo(one.mean(), within(1e-6));
      assertThat(other.deviation()).isCloseTo(one.deviation(), within(1e-6));
    }
  }

  @Test
  void staysSmallAndKeepsWhatItMust() {
    Random random = new Random(10);
    Surrogate surrogate = new Surrogate(SHAPE);
    double best = Double.NEGATIVE_INFINITY;
    int bestNumber = 0;
    for (int i = 0; i < 1500; i++) {
      int[] values = random(random);
      double result = additive(values);
      surrogate.tell(values, i, result);
      if (result > best) {
        best = result;
        bestNumber = i;
      }
      surrogate.maintain(Set.of(bestNumber));
      assertThat(surrogate.size()).isLessThanOrEqualTo(320);
    }
    assertThat(surrogate.bestNumbers(5)).contains(bestNumber);
  }

  @Test
  void knowsWhetherResultsRepeat() {
    Random random = new Random(11);
    Surrogate surrogate = taught(30, random, SurrogateTest::additive);
    assertThat(surrogate.repeats()).isEqualTo(Surrogate.Repeats.NONE);
    int[] twice = random(random);
    surrogate.tell(twice, 30, 7);
    surrogate.tell(twice, 31, 7);
    assertThat(surrogate.repeats()).isEqualTo(Surrogate.Repeats.EQUAL);
    surrogate.tell(twice, 32, 8);
    assertThat(surrogate.repeats()).isEqualTo(Surrogate.Repeats.DIFFERENT);
  }

  @Test
  void warpingRisesAndCanBeUndone() {
    Warp warp = Warp.of(new double[] {1, 2, 3, 4, 5, 6, 7, 8, 9, -500});
    double before = Double.NEGATIVE_INFINITY;
    for (double result = -600; result < 20; result += 0.7) {
      double warped = warp.warped(result);
      assertThat(warped).isGreaterThan(before);
      assertThat(warp.unwarped(warped)).isCloseTo(result, within(1e-6));
      before = warped;
    }
    // A result that is absurdly bad does not stand absurdly far off.
    assertThat(warp.warped(-500)).isGreaterThan(-10);
  }
}
