package org.finchnas.evolution.algorithm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.finchnas.evaluation.Objective;
import org.junit.jupiter.api.Test;

class FitnessTest {

  private static final List<Objective> ACCURATE_AND_SMALL =
      List.of(Objective.VALIDATION_ACCURACY, Objective.MACS);

  // The smallest, a compromise, the most accurate, one that is dominated, one that failed.
  private static final Individual<String> SMALL = individual(1, 0.1, 1.0);
  private static final Individual<String> COMPROMISE = individual(2, 0.6, 3.0);
  private static final Individual<String> ACCURATE = individual(3, 0.7, 9.0);
  private static final Individual<String> DOMINATED = individual(4, 0.5, 4.0);
  private static final Individual<String> FAILED = new Individual<>(5, "", List.of());
  private static final List<Individual<String>> ALL =
      List.of(SMALL, COMPROMISE, ACCURATE, DOMINATED, FAILED);

  @Test
  void byVolumeACompromiseIsFitterThanTheBestInOneObjective() {
    // (0.6 - 0.1) (9 - 3) = 3, (0.5 - 0.1) (9 - 4) = 2; nothing for the worst in any.
    assertThat(ranked(Fitness.volume(ACCURATE_AND_SMALL)))
        .startsWith(COMPROMISE, DOMINATED)
        .endsWith(FAILED);
  }

  @Test
  void byParetoRankTheExtremesComeFirst() {
    assertThat(ranked(Fitness.pareto(ACCURATE_AND_SMALL)).subList(0, 2))
        .containsExactlyInAnyOrder(SMALL, ACCURATE);
  }

  @Test
  void oneObjectiveIsRankedByItself() {
    List<Objective> small = List.of(Objective.MACS);
    List<Individual<String>> individuals =
        List.of(individual(1, 3.0), individual(2, 1.0), individual(3, 2.0), FAILED);
    assertThat(
            individuals.stream()
                .sorted(Fitness.<String>volume(small).among(individuals).reversed())
                .map(Individual::number))
        .containsExactly(2, 3, 1, 5);
  }

  @Test
  void whereAllFailedNobodyIsFitter() {
    List<Individual<String>> failed = List.of(FAILED, new Individual<>(6, "", List.of()));
    assertThat(
            Fitness.<String>volume(ACCURATE_AND_SMALL)
                .among(failed)
                .compare(failed.get(0), failed.get(1)))
        .isZero();
  }

  private static List<Individual<String>> ranked(Fitness<String> fitness) {
    return ALL.stream().sorted(fitness.among(ALL).reversed()).toList();
  }

  private static Individual<String> individual(int number, Double... scores) {
    return new Individual<>(number, "", List.of(scores));
  }
}
