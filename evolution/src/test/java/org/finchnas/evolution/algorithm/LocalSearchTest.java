package org.finchnas.evolution.algorithm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.finchnas.evaluation.Objective;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalSearchTest {

  private static final DigitStrings SPACE = new DigitStrings(6, 3);
  private static final List<Objective> ACCURACY = List.of(Objective.VALIDATION_ACCURACY);

  /** The sum of digits has one hill: each walk climbs it without a step down. */
  private static double sum(String digits) {
    return digits.chars().map(digit -> digit - '0').sum();
  }

  private static int differences(String a, String b) {
    int count = 0;
    for (int i = 0; i < a.length(); i++) {
      count += a.charAt(i) == b.charAt(i) ? 0 : 1;
    }
    return count;
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4})
  void climbsFromTheBestOfTheWalkUntilNothingNearIsBetter(long seed) {
    LocalSearch<String> search = new LocalSearch<>(Foreknown.problem(SPACE, ACCURACY, seed), 1);
    List<String> told = new ArrayList<>();
    double best = -1;
    String place = "";
    while (!place.equals("222222")) {
      Offspring<String> offspring = search.ask().orElseThrow();
      if (!told.isEmpty()) {
        assertThat(offspring.parent()).isNotNull();
        assertThat(told.get(Objects.requireNonNull(offspring.parent()))).isEqualTo(place);
        assertThat(differences(place, offspring.architecture())).isEqualTo(1);
      }
      double sum = sum(offspring.architecture());
      search.tell(new Individual<>(told.size(), offspring.architecture(), List.of(sum)));
      told.add(offspring.architecture());
      place = sum > best ? offspring.architecture() : place;
      best = Math.max(best, sum);
    }
    // Each of the 12 steps up at most looks at all 12 neighbours.
    assertThat(told).hasSizeLessThan(12 * 12);
  }

  @Test
  void startsAnotherWalkWhereNothingIsBetter() {
    LocalSearch<String> search = new LocalSearch<>(Foreknown.problem(SPACE, ACCURACY, 5), 1);
    for (int i = 0; i <= 12; i++) {
      Offspring<String> offspring = search.ask().orElseThrow();
      assertThat(offspring.parent()).isEqualTo(i == 0 ? null : Integer.valueOf(0));
      search.tell(new Individual<>(i, offspring.architecture(), List.of(1.0 - i)));
    }
    assertThat(search.ask().orElseThrow().parent()).isNull();
  }

  @ParameterizedTest(name = "lag {0}")
  @ValueSource(ints = {1, 7})
  void proposesAllThereIsBeforeItRepeats(int lag) {
    DigitStrings small = new DigitStrings(3, 3);
    LocalSearch<String> search = new LocalSearch<>(Foreknown.problem(small, ACCURACY, 6), 1);
    Set<String> seen = new HashSet<>();
    List<String> asked = new ArrayList<>();
    for (int told = 0; told < 27; told++) {
      while (asked.size() < Math.min(27, told + lag)) {
        asked.add(search.ask().orElseThrow().architecture());
      }
      assertThat(seen.add(asked.get(told))).isTrue();
      search.tell(new Individual<>(told, asked.get(told), List.of((double) told % 5)));
    }
    assertThat(search.ask()).isPresent();
  }

  @Test
  void leavesOutNeighboursThatBreakALimit() {
    LocalSearch<String> search =
        new LocalSearch<>(
            Foreknown.problem(SPACE, ACCURACY, 7, digits -> digits.startsWith("2") ? 1 : 0), 1);
    for (int i = 0; i < 100; i++) {
      Offspring<String> offspring = search.ask().orElseThrow();
      boolean limited = offspring.architecture().startsWith("2");
      assertThat(limited && offspring.parent() != null).isFalse();
      if (!limited) {
        search.tell(
            new Individual<>(i, offspring.architecture(), List.of(sum(offspring.architecture()))));
      }
    }
  }

  /** Twos pay in one objective and cost in the other: all sums from 0 to 12 are on the front. */
  @Test
  void walksAlongAFront() {
    LocalSearch<String> search =
        new LocalSearch<>(
            Foreknown.problem(SPACE, List.of(Objective.VALIDATION_ACCURACY, Objective.MACS), 8), 2);
    Set<Double> sums = new HashSet<>();
    for (int i = 0; i < 150; i++) {
      String architecture = search.ask().orElseThrow().architecture();
      sums.add(sum(architecture));
      search.tell(new Individual<>(i, architecture, List.of(sum(architecture), sum(architecture))));
    }
    assertThat(sums).hasSize(13);
  }
}
