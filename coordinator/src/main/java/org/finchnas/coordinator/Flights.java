package org.finchnas.coordinator;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.finchnas.evaluation.Candidate;
import org.finchnas.evaluation.Evaluation;
import org.finchnas.evaluation.Evaluation.Completed;
import org.finchnas.evaluation.Evaluation.Failed;
import org.finchnas.evaluation.Evaluator;
import org.finchnas.evaluation.FailureReason;
import org.finchnas.evaluation.Fidelity;
import org.finchnas.evaluation.Start;
import org.finchnas.searchspace.ArchitectureId;
import org.jspecify.annotations.Nullable;

/**
 * The candidates asked and not yet told, in order, and where the outcome of each comes from: the
 * log of an interrupted run, its twin, what was finished before, or the evaluator.
 */
final class Flights {

  private final List<ToldEvaluation> logged;
  private final FinishedEvaluations finished;
  private final Evaluator evaluator;
  private final CompletableFuture<Void> halt;
  private final Deque<Flight> inFlight = new ArrayDeque<>();
  private final Map<Training, Flight> twins = new HashMap<>();

  /**
   * @param halt completed exceptionally when the evaluator or the disk gives up
   */
  Flights(
      List<ToldEvaluation> logged,
      FinishedEvaluations finished,
      Evaluator evaluator,
      CompletableFuture<Void> halt) {
    this.logged = logged;
    this.finished = finished;
    this.evaluator = evaluator;
    this.halt = halt;
  }

  int count() {
    return inFlight.size();
  }

  /** The one that is told next. */
  Flight first() {
    return inFlight.getFirst();
  }

  /**
   * @throws SearchInputException if the log has another candidate by this number
   */
  void launch(Candidate candidate, Map<String, Double> costs, SearchListener listener) {
    Training training = Training.of(candidate);
    Flight twin = twins.get(training);
    Integer duplicateOf = twin == null ? null : twin.candidate().number();
    CompletableFuture<Evaluation> outcome;
    if (candidate.number() < logged.size()) {
      ToldEvaluation told = logged.get(candidate.number());
      requireSame(told, candidate, duplicateOf);
      outcome = CompletableFuture.completedFuture(told.evaluation());
    } else if (twin != null) {
      // The same network, yet in another order of blocks other tensors are alive at a time.
      outcome =
          twin.outcome().thenApply(evaluation -> withCosts(copy(evaluation, candidate), costs));
    } else {
      outcome = train(candidate, costs, listener);
    }
    Flight flight = new Flight(candidate, duplicateOf, outcome);
    inFlight.addLast(flight);
    twins.putIfAbsent(training, flight);
  }

  /** Takes the first out, whose outcome this is. */
  void land(Evaluation outcome) {
    Flight flight = inFlight.removeFirst();
    if (isMachineFailure(outcome)) {
      // It says nothing of the architecture: proposed again, that is trained again.
      twins.remove(Training.of(flight.candidate()), flight);
    }
  }

  private CompletableFuture<Evaluation> train(
      Candidate candidate, Map<String, Double> costs, SearchListener listener) {
    return finished
        .find(candidate)
        .map(CompletableFuture::completedFuture)
        .orElseGet(() -> evaluator.submit(candidate).thenApply(e -> keep(e, listener)))
        .thenApply(evaluation -> withCosts(evaluation, costs))
        .whenComplete((evaluation, error) -> haltOn(error));
  }

  /** Runs on the evaluator's thread, so that it is durable before the slot goes on. */
  private Evaluation keep(Evaluation evaluation, SearchListener listener) {
    if (!isMachineFailure(evaluation)) {
      finished.put(evaluation);
    }
    evaluator.kept(evaluation);
    listener.finished(evaluation);
    return evaluation;
  }

  private void haltOn(@Nullable Throwable error) {
    if (error != null) {
      halt.completeExceptionally(error);
    }
  }

  private static void requireSame(
      ToldEvaluation told, Candidate candidate, @Nullable Integer duplicateOf) {
    Candidate logged = told.evaluation().candidate();
    if (!logged.equals(candidate) || !Objects.equals(told.duplicateOf(), duplicateOf)) {
      throw new SearchInputException(
          "Configuration or version differs at evaluation %d: the log has %s, this search asks for %s."
                  .formatted(
                      candidate.number(),
                      describe(logged, told.duplicateOf()),
                      describe(candidate, duplicateOf))
              + " Resume with the configuration and the version that the run was begun with.");
    }
  }

  private static String describe(Candidate candidate, @Nullable Integer duplicateOf) {
    return "%s (%s, seed %d, parent %s, %s, duplicate of %s)"
        .formatted(
            candidate.architecture().notation(),
            candidate.fidelity(),
            candidate.seed(),
            candidate.parent() == null ? "none" : candidate.parent(),
            candidate.start() == null ? "fresh weights" : candidate.start(),
            duplicateOf == null ? "none" : duplicateOf);
  }

  private static boolean isMachineFailure(Evaluation evaluation) {
    return evaluation instanceof Failed failed && failed.reason() == FailureReason.MACHINE;
  }

  private static Evaluation withCosts(Evaluation evaluation, Map<String, Double> costs) {
    return evaluation instanceof Completed completed ? completed.with(costs) : evaluation;
  }

  private static Evaluation copy(Evaluation evaluation, Candidate duplicate) {
    if (evaluation instanceof Completed twin) {
      return twin.copiedTo(duplicate);
    }
    Failed twin = (Failed) evaluation;
    return new Failed(duplicate, twin.reason(), twin.message(), null);
  }

  /** What makes two candidates duplicates when it is equal. */
  private record Training(
      ArchitectureId architecture, Fidelity fidelity, @Nullable String startWeights) {

    static Training of(Candidate candidate) {
      Start start = candidate.start();
      return new Training(
          candidate.architecture().id(),
          candidate.fidelity(),
          start == null ? null : start.kind().token() + start.weights());
    }
  }
}
