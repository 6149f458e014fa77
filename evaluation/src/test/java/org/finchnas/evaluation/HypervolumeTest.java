package org.finchnas.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HypervolumeTest {

  private static final int GRID = 8;
  private static final List<Objective> FOUR =
      List.of(
          Objective.VALIDATION_ACCURACY,
          Objective.MACS,
          Objective.PARAMS,
          Objective.PEAK_ACTIVATION_BYTES);

  static LongStream seeds() {
    return LongStream.range(0, 30);
  }

  /** Accuracy counts up from 0, the others down from the grid's width. */
  private static Hypervolume measure(int dimensions) {
    List<Double> reference = new ArrayList<>(Collections.nCopies(dimensions, (double) GRID));
    reference.set(0, 0.0);
    return new Hypervolume(FOUR.subList(0, dimensions), reference);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void equalsTheNumberOfUnitCellsCovered(long seed) {
    Random random = new Random(seed);
    for (int dimensions = 1; dimensions <= 4; dimensions++) {
      List<double[]> points = new ArrayList<>();
      for (int i = random.nextInt(12); i >= 0; i--) {
        // Accuracy 0 and costs of the grid's width are no better than the reference.
        points.add(random.ints(dimensions, 0, GRID + 1).asDoubleStream().toArray());
      }
      assertThat(measure(dimensions).of(points).volume())
          .as("%d dimensions", dimensions)
          .isEqualTo(coveredCells(points, dimensions));
    }
  }

  private static double coveredCells(List<double[]> points, int dimensions) {
    int cells = 0;
    for (int code = 0; code < Math.pow(GRID, dimensions); code++) {
      int[] corner = new int[dimensions];
      int rest = code;
      for (int k = 0; k < dimensions; k++) {
        corner[k] = rest % GRID;
        rest /= GRID;
      }
      cells += points.stream().anyMatch(point -> covers(point, corner)) ? 1 : 0;
    }
    return cells;
  }

  private static boolean covers(double[] point, int[] corner) {
    boolean covers = point[0] >= corner[0] + 1;
    for (int k = 1; k < corner.length; k++) {
      covers &= point[k] <= corner[k];
    }
    return covers;
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void agreesWithMonteCarlo(long seed) {
    Random random = new Random(seed);
    List<double[]> points = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      points.add(random.doubles(3).map(x -> GRID * x).toArray());
    }
    int hits = 0;
    int draws = 20_000;
    for (int i = 0; i < draws; i++) {
      double[] drawn = random.doubles(3).map(x -> GRID * x).toArray();
      hits +=
          points.stream().anyMatch(p -> p[0] >= drawn[0] && p[1] <= drawn[1] && p[2] <= drawn[2])
              ? 1
              : 0;
    }
    double whole = Math.pow(GRID, 3);
    double sigma = Math.sqrt(0.25 / draws) * whole;
    assertThat(measure(3).of(points).volume()).isCloseTo(whole * hits / draws, within(5 * sigma));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void dependsNeitherOnOrderNorOnDominatedPoints(long seed) {
    Random random = new Random(seed);
    List<double[]> points = new ArrayList<>();
    for (int i = 0; i < 15; i++) {
      points.add(random.ints(3, 0, GRID).asDoubleStream().toArray());
    }
    double volume = measure(3).of(points).volume();
    List<double[]> shuffled = new ArrayList<>(points);
    double[] first = points.get(0);
    shuffled.add(new double[] {first[0] - 1, first[1], first[2] + 1});
    shuffled.add(points.get(1).clone());
    Collections.shuffle(shuffled, random);
    assertThat(measure(3).of(shuffled).volume()).isEqualTo(volume);
  }

  @Test
  void anEmptyFrontHasNone() {
    assertThat(measure(2).of(List.of()).volume()).isZero();
  }

  @Test
  void comparesOnlyWhatWasMeasuredFromOnePoint() {
    Hypervolume.Value whole = measure(2).of(List.of(new double[] {4, 4}));
    Hypervolume.Value half = measure(2).of(List.of(new double[] {2, 4}));
    assertThat(half.shareOf(whole)).isEqualTo(0.5);
    Hypervolume other = new Hypervolume(FOUR.subList(0, 2), List.of(0.0, 9.0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> half.shareOf(other.of(List.of(new double[] {4, 4}))));
  }

  @Test
  void needsOneFiniteReferenceValueForEachObjective() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Hypervolume(FOUR, List.of(0.0, 1.0)))
        .withMessageContaining("one reference value for each objective");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Hypervolume(FOUR.subList(0, 1), List.of(Double.POSITIVE_INFINITY)))
        .withMessageContaining("finite");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> measure(2).of(List.of(new double[] {1})))
        .withMessageContaining("needs 2 values");
  }
}
