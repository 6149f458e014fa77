package org.finchnas.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.finchnas.evaluation.Evaluation.Completed;
import org.finchnas.searchspace.Architecture;
import org.finchnas.searchspace.Block;
import org.finchnas.searchspace.Cell;
import org.finchnas.searchspace.Macro;
import org.finchnas.searchspace.Operation;
import org.finchnas.searchspace.Stem;
import org.junit.jupiter.api.Test;

class FrontQualityTest {

  private static final Hypervolume MEASURE =
      new Hypervolume(List.of(Objective.VALIDATION_ACCURACY, Objective.PARAMS), List.of(0.0, 10.0));

  /** Accuracy and params of each; every one is another network. */
  private static List<Completed> told(double[]... scores) {
    List<Completed> told = new ArrayList<>();
    Cell cell =
        new Cell(List.of(new Block(0, Operation.IDENTITY, 1, Operation.IDENTITY)), List.of(2));
    for (double[] each : scores) {
      int number = told.size();
      Architecture architecture =
          new Architecture(cell, cell, new Macro(1, 2 + 2 * number, Stem.CIFAR, 32));
      told.add(
          new Completed(
              new Candidate(number, architecture, new Fidelity(1, 0, 0), 1, null, null),
              Map.of("validationAccuracy", each[0], "params", each[1]),
              List.of(),
              "0".repeat(64),
              1,
              0,
              null));
    }
    return told;
  }

  /** By hand: 0.5 x 4 = 2; the second is dominated; the third adds 0.3 x 2 above it. */
  @Test
  void tellsWhenTheFrontChanged() {
    FrontQuality quality =
        FrontQuality.of(
            told(new double[] {0.5, 6}, new double[] {0.4, 7}, new double[] {0.8, 8}), MEASURE);
    assertThat(quality.hypervolume().volume()).isCloseTo(2.6, within(1e-12));
    assertThat(quality.course()).extracting(FrontQuality.Step::evaluations).containsExactly(1, 3);
    assertThat(quality.course().get(0).volume()).isCloseTo(2, within(1e-12));
    assertThat(quality.attained(0.5)).hasValue(1);
    assertThat(quality.attained(0.9)).hasValue(3);
  }

  @Test
  void nothingBetterThanTheReferenceAttainsNothing() {
    FrontQuality quality = FrontQuality.of(told(new double[] {0.5, 11}), MEASURE);
    assertThat(quality.hypervolume().volume()).isZero();
    assertThat(quality.attained(0.5)).isEmpty();
    assertThat(quality.spacing()).isNaN();
  }

  @Test
  void evenStepsHaveNoSpacing() {
    assertThat(
            FrontQuality.spacing(
                List.of(
                    new double[] {0.9, 9},
                    new double[] {0.8, 8},
                    new double[] {0.7, 7},
                    new double[] {0.6, 6})))
        .isCloseTo(0, within(1e-12));
    // Nearest distances 0.2, 0.2 and 1.8 of extents: mean 2.2/3.
    double mean = 2.2 / 3;
    double expected =
        Math.sqrt((2 * (0.2 - mean) * (0.2 - mean) + (1.8 - mean) * (1.8 - mean)) / 2);
    assertThat(
            FrontQuality.spacing(
                List.of(new double[] {1, 10}, new double[] {0.9, 9}, new double[] {0, 0})))
        .isCloseTo(expected, within(1e-12));
  }
}
