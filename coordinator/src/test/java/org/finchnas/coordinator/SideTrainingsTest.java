package org.finchnas.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.finchnas.evaluation.Candidate;
import org.finchnas.evaluation.Epoch;
import org.finchnas.evaluation.Evaluation;
import org.finchnas.evaluation.Evaluation.Completed;
import org.finchnas.evaluation.Evaluation.Failed;
import org.finchnas.evaluation.FailureReason;
import org.finchnas.evaluation.Objective;
import org.finchnas.searchspace.Design;
import org.junit.jupiter.api.Test;

class SideTrainingsTest {

  private final Recorded record = new Recorded();
  private final List<String> heard = Collections.synchronizedList(new ArrayList<>());

  private static final class Recorded implements TrainingRecord {
    private final Map<String, Evaluation> byName = new ConcurrentHashMap<>();

    @Override
    public Optional<Evaluation> find(String name) {
      return Optional.ofNullable(byName.get(name));
    }

    @Override
    public String place(String name) {
      return name;
    }

    @Override
    public void put(String name, Evaluation evaluation) {
      byName.put(name, evaluation);
    }
  }

  private static Evaluation completed(Candidate candidate) {
    return new Completed(
        candidate,
        Map.of(Objective.VALIDATION_ACCURACY.name(), 0.5),
        List.of(new Epoch(1, 0.5)),
        "0".repeat(64),
        100,
        0,
        FakeEvaluator.execution(1));
  }

  private static Map<String, Candidate> candidates(String... names) {
    Map<String, Candidate> candidates = new LinkedHashMap<>();
    for (String name : names) {
      int number = Candidate.FIRST_BASELINE + candidates.size();
      candidates.put(
          name, new Candidate(number, Design.of(name), Toy.FIDELITY, number, null, null));
    }
    return candidates;
  }

  private SideTrainings trainings(FakeEvaluator evaluator) {
    return new SideTrainings(
        evaluator,
        record,
        design -> Map.of(Objective.MACS.name(), 1.0 * design.notation().length()));
  }

  @Test
  void eachIsTrainedOnceWithItsCostsAndANumberBeyondTheSearch() {
    try (FakeEvaluator evaluator = new FakeEvaluator(2, 1, SideTrainingsTest::completed)) {
      Map<String, Candidate> names = candidates("mlp", "lenet", "nasnet-a-cifar");
      assertThat(trainings(evaluator).run(names, (name, each) -> heard.add(name))).isTrue();
      assertThat(trainings(evaluator).run(names, (name, each) -> heard.add(name))).isTrue();

      assertThat(evaluator.submitted())
          .containsExactly(
              Candidate.FIRST_BASELINE, Candidate.FIRST_BASELINE + 1, Candidate.FIRST_BASELINE + 2);
      assertThat(heard).containsExactlyInAnyOrderElementsOf(names.keySet());
      Completed lenet = (Completed) record.find("lenet").orElseThrow();
      assertThat(lenet.score(Objective.MACS)).isEqualTo(5);
      assertThat(lenet.candidate().design().notation()).isEqualTo("lenet");
      assertThat(lenet.candidate().fidelity()).isEqualTo(Toy.FIDELITY);
    }
  }

  @Test
  void whatAMachineDidWrongIsTriedAgainAndADivergenceIsNot() {
    try (FakeEvaluator evaluator =
        new FakeEvaluator(
            1,
            1,
            candidate ->
                new Failed(
                    candidate,
                    candidate.design().notation().equals("mlp")
                        ? FailureReason.MACHINE
                        : FailureReason.DIVERGED,
                    "so it was",
                    FakeEvaluator.execution(1)))) {
      assertThat(trainings(evaluator).run(candidates("mlp", "lenet"), (name, each) -> {})).isTrue();
      assertThat(record.find("mlp")).isEmpty();
      assertThat(record.find("lenet")).containsInstanceOf(Failed.class);
      assertThat(trainings(evaluator).run(candidates("mlp", "lenet"), (name, each) -> {})).isTrue();
      assertThat(evaluator.submitted())
          .containsExactly(
              Candidate.FIRST_BASELINE, Candidate.FIRST_BASELINE + 1, Candidate.FIRST_BASELINE);
    }
  }

  @Test
  void aStopEndsTheWait() throws InterruptedException, ExecutionException {
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try (FakeEvaluator evaluator = new FakeEvaluator(1, 1, SideTrainingsTest::completed).hold()) {
      SideTrainings trainings = trainings(evaluator);
      CountDownLatch begun = new CountDownLatch(1);
      Future<Boolean> ended =
          thread.submit(
              () -> {
                begun.countDown();
                return trainings.run(candidates("mlp"), (name, each) -> {});
              });
      begun.await();
      trainings.stop();
      assertThat(ended.get()).isFalse();
      assertThat(record.find("mlp")).isEmpty();
    } finally {
      thread.shutdownNow();
    }
  }

  @Test
  void anEvaluatorThatGivesUpIsReported() {
    try (FakeEvaluator evaluator =
        new FakeEvaluator(
            1,
            1,
            candidate -> {
              throw new IllegalStateException("the disk is full");
            })) {
      assertThatThrownBy(() -> trainings(evaluator).run(candidates("mlp"), (name, each) -> {}))
          .isInstanceOf(SearchFailedException.class)
          .hasMessageContainingAll("the disk is full", "search itself is whole", "resume");
    }
  }
}
