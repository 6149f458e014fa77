package org.finchnas.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.finchnas.evaluation.Candidate;
import org.finchnas.evaluation.Evaluation;
import org.finchnas.evaluation.Evaluation.Completed;
import org.finchnas.evaluation.FailureReason;
import org.finchnas.evaluation.Fidelity;
import org.finchnas.evaluation.Objective;
import org.finchnas.evaluation.ZeroCostProxy;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ProxySummaryTest {

  private static final Fidelity LOWER = new Fidelity(1, 0, 0);

  private static ToldEvaluation told(
      int number, Fidelity fidelity, double accuracy, Map<String, Double> proxies) {
    return told(number, fidelity, accuracy, proxies, null);
  }

  private static ToldEvaluation told(
      int number,
      Fidelity fidelity,
      double accuracy,
      Map<String, Double> proxies,
      @Nullable Integer twin) {
    Candidate candidate =
        new Candidate(number, Toy.architecture(1, 8), fidelity, number, null, null);
    Evaluation evaluation =
        new Completed(
                candidate,
                Map.of(Objective.VALIDATION_ACCURACY.name(), accuracy),
                List.of(),
                "",
                0,
                0,
                null)
            .with(proxies);
    return new ToldEvaluation(evaluation, twin, Duration.ZERO);
  }

  @Test
  void comparesEachProxyWithTheAccuracyOfThoseItIsKnownOf() {
    List<ToldEvaluation> told =
        List.of(
            told(0, Toy.FIDELITY, 0.1, Map.of("synflow", 3.0, "naswot", 1.0, "macs", 5.0)),
            told(1, Toy.FIDELITY, 0.2, Map.of("synflow", 2.0, "naswot", 2.0)),
            told(2, Toy.FIDELITY, 0.3, Map.of("synflow", 1.0, "naswot", Double.NEGATIVE_INFINITY)),
            told(3, Toy.FIDELITY, 0.4, Map.of("naswot", 3.0)));

    assertThat(ProxySummary.of(told, Toy.FIDELITY).agreements())
        .satisfiesExactly(
            synflow -> {
              assertThat(synflow.proxy()).isEqualTo(ZeroCostProxy.SYNFLOW);
              assertThat(synflow.count()).isEqualTo(3);
              assertThat(synflow.kendallTau()).isEqualTo(-1);
            },
            naswot -> {
              assertThat(naswot.proxy()).isEqualTo(ZeroCostProxy.NASWOT);
              assertThat(naswot.count()).isEqualTo(4);
              // 4 of 6 pairs in the same order, 2 in the other.
              assertThat(naswot.kendallTau()).isCloseTo(2.0 / 6, within(1e-12));
            });
  }

  @Test
  void duplicatesFailuresAndLowerFidelitiesDoNotCount() {
    Candidate failed = new Candidate(4, Toy.architecture(1, 8), Toy.FIDELITY, 4, null, null);
    List<ToldEvaluation> told =
        List.of(
            told(0, Toy.FIDELITY, 0.1, Map.of("params", 1.0)),
            told(1, Toy.FIDELITY, 0.1, Map.of("params", 1.0), 0),
            told(2, LOWER, 0.3, Map.of("params", 0.5)),
            told(3, Toy.FIDELITY, 0.2, Map.of("params", 2.0)),
            new ToldEvaluation(
                new Evaluation.Failed(failed, FailureReason.DIVERGED, "", null),
                null,
                Duration.ZERO));

    assertThat(ProxySummary.of(told, Toy.FIDELITY).agreements())
        .containsExactly(new ProxySummary.Agreement(ZeroCostProxy.PARAMS, 1, 2));
  }
}
