package org.finchnas.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ParetoFrontTest {

  private static final List<Objective> OBJECTIVES =
      List.of(Objective.VALIDATION_ACCURACY, Objective.MACS, Objective.PARAMS);

  private record Point(String name, double accuracy, double macs, double params) {
    double score(Objective objective) {
      return switch (objective.name()) {
        case "validationAccuracy" -> accuracy;
        case "macs" -> macs;
        default -> params;
      };
    }

    /** Written out once more, apart from the code under test. */
    boolean dominates(Point other) {
      boolean noWorse = accuracy >= other.accuracy && macs <= other.macs && params <= other.params;
      boolean same = accuracy == other.accuracy && macs == other.macs && params == other.params;
      return noWorse && !same;
    }
  }

  static LongStream seeds() {
    return LongStream.range(0, 50);
  }

  private static ParetoFront<Point> front() {
    return new ParetoFront<>(OBJECTIVES, Point::score, Point::name);
  }

  private static Point random(int i, RandomGenerator random) {
    // A coarse grid, so that equal values and equal vectors are common.
    return new Point("p" + i, random.nextInt(6), random.nextInt(6), random.nextInt(3));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void holdsExactlyWhatNothingDominates(long seed) {
    RandomGenerator random = new SplittableRandom(seed);
    ParetoFront<Point> front = front();
    List<Point> all = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      Point point = random(i, random);
      all.add(point);
      boolean joined = front.add(point);

      List<Point> expected =
          all.stream().filter(p -> all.stream().noneMatch(other -> other.dominates(p))).toList();
      assertThat(front.members()).containsExactlyInAnyOrderElementsOf(expected);
      assertThat(joined).isEqualTo(expected.contains(point));
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void isOrderedBestFirstAndEqualsAsTheyCame(long seed) {
    RandomGenerator random = new SplittableRandom(seed);
    ParetoFront<Point> front = front();
    for (int i = 0; i < 60; i++) {
      front.add(random(i, random));
    }
    List<Point> members = front.members();
    for (int i = 1; i < members.size(); i++) {
      Point before = members.get(i - 1);
      Point after = members.get(i);
      int[] order = {
        Double.compare(after.accuracy, before.accuracy),
        Double.compare(before.macs, after.macs),
        Double.compare(before.params, after.params),
        Integer.compare(number(before), number(after))
      };
      assertThat(Arrays.stream(order).filter(c -> c != 0).findFirst()).hasValue(-1);
    }
  }

  private static int number(Point point) {
    return Integer.parseInt(point.name().substring(1));
  }

  @Test
  void equalVectorsStandSideBySideUnlessTheyAreTheSame() {
    ParetoFront<Point> front = front();
    assertThat(front.add(new Point("a", 1, 1, 1))).isTrue();
    assertThat(front.add(new Point("b", 1, 1, 1))).isTrue();
    assertThat(front.add(new Point("a", 1, 1, 1))).isFalse();
    assertThat(front.members()).extracting(Point::name).containsExactly("a", "b");
  }

  @Test
  void refusesWhatHasNoScore() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> front().add(new Point("a", 1, Double.NaN, 1)))
        .withMessageContaining("macs is not a number");
  }

  @Test
  void givesItsVectorsAway() {
    ParetoFront<Point> front = front();
    front.add(new Point("a", 1, 2, 3));
    front.vectors().get(0)[0] = 99;
    assertThat(front.vectors().get(0)).containsExactly(1, 2, 3);
  }
}
