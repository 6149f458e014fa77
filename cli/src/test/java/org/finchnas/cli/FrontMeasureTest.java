package org.finchnas.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.finchnas.evaluation.FrontQuality;
import org.finchnas.evaluation.FrontQuality.Step;
import org.finchnas.evaluation.Hypervolume;
import org.finchnas.evaluation.Objective;
import org.junit.jupiter.api.Test;

final class FrontMeasureTest {

  private static final Hypervolume MEASURE =
      new Hypervolume(List.of(Objective.VALIDATION_ACCURACY, Objective.MACS), List.of(0.5, 5e6));

  @Test
  void saysWhereItIsMeasuredFromAndWhenItWasReached() {
    FrontMeasure measure =
        new FrontMeasure(
            new FrontQuality(
                MEASURE.of(List.of(new double[] {0.7, 3e6})),
                List.of(new Step(2, 1e5), new Step(9, 3.9e5), new Step(20, 4e5)),
                0.25));
    assertThat(measure.lines())
        .containsExactly(
            "hypervolume 4.000e+05 from validationAccuracy 50.0 %, macs 5.00 M",
            "of it 50 % after 9 evaluations, 90 % after 9 evaluations, 99 % after 20 evaluations",
            "spacing 0.250 (0: even steps)");
    assertThat(measure.json())
        .containsKeys("hypervolume", "referencePoint", "hypervolumeCourse", "spacing");
  }

  @Test
  void aFrontOfOneHasNoSpacing() {
    FrontMeasure measure =
        new FrontMeasure(new FrontQuality(MEASURE.of(List.of()), List.of(), Double.NaN));
    assertThat(measure.lines()).hasSize(1);
    assertThat(measure.json()).doesNotContainKey("spacing");
  }
}
