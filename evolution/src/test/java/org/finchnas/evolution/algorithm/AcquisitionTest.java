package org.finchnas.evolution.algorithm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import org.finchnas.evaluation.Objective;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AcquisitionTest {

  private static final DigitStrings SPACE = new DigitStrings(5, 3);

  /** By simulation. */
  @ParameterizedTest
  @ValueSource(doubles = {-3, -1, 0, 0.5, 2})
  void theMeanExcessOfANormal(double u) {
    Random random = new Random(1);
    double sum = 0;
    int draws = 2_000_000;
    for (int i = 0; i < draws; i++) {
      sum += Math.max(0, u + random.nextGaussian());
    }
    assertThat(Math.exp(ExpectedImprovement.logOfMeanExcess(u)))
        .isCloseTo(sum / draws, within(0.002));
  }

  @Test
  void theLogarithmFallsSmoothlyIntoTheTail() {
    double before = ExpectedImprovement.logOfMeanExcess(-4);
    for (double u = -4.01; u > -40; u -= 0.01) {
      double now = ExpectedImprovement.logOfMeanExcess(u);
      assertThat(before - now).isBetween(0.03, 0.5);
      before = now;
    }
  }

  /** Known values of the normal distribution. */
  @Test
  void theNormalDistribution() {
    assertThat(Normal.probabilityBelow(0)).isCloseTo(0.5, within(1e-6));
    assertThat(Normal.probabilityBelow(1.959964)).isCloseTo(0.975, within(1e-6));
    assertThat(Normal.probabilityBelow(-3.090232)).isCloseTo(0.001, within(1e-7));
  }

  private static double accuracy(String digits) {
    return digits.chars().map(digit -> digit - '0').sum() / 10.0;
  }

  private static double cost(String digits) {
    return 1 + digits.chars().map(digit -> (digit - '0') * (digit - '0')).sum();
  }

  /**
   * Taught without noise, where it is certain, the promise orders what adds to the front as the
   * hypervolume does that is added.
   */
  @Test
  void promisesTheVolumeThatIsAdded() {
    List<Objective> objectives = List.of(Objective.VALIDATION_ACCURACY, Objective.MACS);
    Problem<String> problem = Foreknown.problem(SPACE, objectives, 1);
    Outlook<String> outlook = new Outlook<>(problem, objectives);
    List<Individual<String>> told = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      String digits = problem.variation().sample();
      Individual<String> individual =
          new Individual<>(i, digits, List.of(accuracy(digits), cost(digits)));
      outlook.tell(individual);
      outlook.maintain(Set.of());
      told.add(individual);
    }
    // A front of the poor, so that much can still be added.
    List<double[]> front = List.of(new double[] {0.2, -4}, new double[] {0.3, -9});
    HypervolumeImprovement<String> promise =
        new HypervolumeImprovement<>(
            outlook, new double[] {0, -21}, front, new SplittableRandom(3));
    List<Individual<String>> byPromise =
        told.stream()
            .sorted(Comparator.comparingDouble(each -> -promise.of(each.architecture())))
            .toList();
    double best = volume(front, byPromise.get(0));
    for (Individual<String> each : told) {
      assertThat(best).isGreaterThan(0.9 * volume(front, each));
    }
  }

  /** Added to the area between front and (0, -21), by counting small squares. */
  private static double volume(List<double[]> front, Individual<String> one) {
    int added = 0;
    for (double x = 0.005; x < 1; x += 0.01) {
      for (double y = -20.9; y < 0; y += 0.2) {
        double right = x;
        double up = y;
        boolean before = front.stream().anyMatch(each -> each[0] > right && each[1] > up);
        added += !before && one.scores().get(0) > x && -one.scores().get(1) > y ? 1 : 0;
      }
    }
    return added;
  }
}
