package org.finchnas.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.finchnas.coordinator.ToldEvaluation;
import org.finchnas.evaluation.Candidate;
import org.finchnas.evaluation.Evaluation.Completed;
import org.finchnas.evaluation.Fidelity;
import org.finchnas.evaluation.Rungs;
import org.finchnas.evaluation.Start;
import org.finchnas.searchspace.Architecture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class RungLinesTest {

  private static final Fidelity LOW = new Fidelity(1, 500, 8);
  private static final Fidelity HIGH = new Fidelity(3, 500, 16);
  private static final Architecture ARCHITECTURE =
      Architecture.parse(
          "n=1,f=4:normal=skip_connect@0+skip_connect@1:reduction=max_pool_3x3@0+conv_1x1@1");

  private final List<ToldEvaluation> told = new ArrayList<>();

  private Completed tell(Fidelity fidelity, double accuracy, @Nullable Start start) {
    Candidate candidate =
        new Candidate(told.size(), ARCHITECTURE, fidelity, told.size(), null, start);
    Completed completed =
        new Completed(
            candidate,
            Map.of("validationAccuracy", accuracy),
            List.of(),
            "weights-" + told.size(),
            500,
            start == null ? 0 : 1,
            null);
    told.add(new ToldEvaluation(completed, null, Duration.ZERO));
    return completed;
  }

  @Test
  void tellsEachRungAndHowTheLowestAgreesWithTheHighest() {
    Completed good = tell(LOW, 0.3, null);
    Completed better = tell(LOW, 0.4, null);
    tell(LOW, 0.2, null);
    tell(HIGH, 0.5, Start.continued(good));
    tell(HIGH, 0.6, Start.continued(better));
    told.add(new ToldEvaluation(good.copiedTo(duplicate()), 0, Duration.ZERO));

    RungLines lines = RungLines.of(told, new Rungs(3, List.of(LOW, HIGH)));
    assertThat(lines.lines())
        .containsExactly(
            "rung 1 epoch of 500 images at 8x8: 4 evaluations, 3 trained",
            "rung 3 epochs of 500 images at 16x16: 2 evaluations, 2 trained",
            "lowest rung against highest: Kendall tau 1.00 of 2 candidates",
            "images trained 2 500");
    assertThat(lines.json())
        .containsEntry("trainedImages", 2500L)
        .containsEntry("lowestRungWithHighest", Map.of("count", 2, "kendallTau", 1.0));
  }

  @Test
  void whatIsNotKnownIsNotShownAsANumber() {
    tell(HIGH, 0.5, Start.continued(tell(LOW, 0.3, null)));
    tell(HIGH, 0.6, Start.continued(tell(LOW, 0.3, null)));

    assertThat(RungLines.of(told, new Rungs(3, List.of(LOW, HIGH))).lines())
        .contains("lowest rung against highest: Kendall tau of 2 candidates undefined, all equal");
    RungLines none = RungLines.of(List.of(), Rungs.only(LOW));
    assertThat(none.lines()).isEmpty();
    assertThat(none.json()).doesNotContainKey("trainedImages");
  }

  private Candidate duplicate() {
    return new Candidate(told.size(), ARCHITECTURE, LOW, 9, null, null);
  }

  @Test
  void withoutRungsItTellsTheImages() {
    tell(LOW, 0.3, null);
    RungLines lines = RungLines.of(told, Rungs.only(LOW));
    assertThat(lines.lines()).containsExactly("images trained 500");
    assertThat(lines.json())
        .containsKeys("trainedImages", "rungs")
        .doesNotContainKey("lowestRungWithHighest");
  }
}
