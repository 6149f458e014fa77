package org.finchnas.coordinator;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.finchnas.coordinator.config.ExecutionConfig.Order;
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
 * The candidates asked and not yet told, where the outcome of each comes from (the log of an
 * interrupted run, its twin, what was finished before, or the evaluator), and which is told next.
 */
final class Flights {

  private final Order order;
  private final List<ToldEvaluation> logged;
  private final Map<Integer, ToldEvaluation> loggedByNumber = new HashMap<>();
  private final FinishedEvaluations finished;
  private final Evaluator evaluator;
  private final CompletableFuture<Void> halt;
  private final Map<Integer, Flight> inFlight = new LinkedHashMap<>();
  private final Arrivals arrivals = new Arrivals();
  private final Map<Training, Flight> twins = new HashMap<>();
  private int landed;

  /**
   * @param halt completed exceptionally when the evaluator or the disk gives up
   */
  Flights(
      Order order,
      List<ToldEvaluation> logged,
      FinishedEvaluations finished,
      Evaluator evaluator,
      CompletableFuture<Void> halt) {
    this.order = order;
    this.logged = logged;
    logged.forEach(told -> loggedByNumber.put(told.number(), told));
    this.finished = finished;
    this.evaluator = evaluator;
    this.halt = halt;
  }

  int count() {
    return inFlight.size();
  }

  /**
   * Whether the one that is told next is in flight. What the log says comes next may not be, if
   * less is asked than was when it was written.
   */
  boolean hasNext() {
    return !inFlight.isEmpty() && (!isReplaying() || inFlight.containsKey(nextLogged().number()));
  }

  /**
   * The one that is told next, as soon as its outcome is known. To be called once for each.
   *
   * @throws SearchInputException if the log has one that is not in flight
   */
  CompletableFuture<Flight> next() {
    if (isReplaying()) {
      return replayed(nextLogged()).landing();
    }
    return switch (order) {
      case STRICT -> inFlight.values().iterator().next().landing();
      case ARRIVAL -> atHand().map(Flight::landing).orElseGet(arrivals::take);
    };
  }

  private boolean isReplaying() {
    return landed < logged.size();
  }

  private ToldEvaluation nextLogged() {
    return logged.get(landed);
  }

  private Flight replayed(ToldEvaluation told) {
    Flight flight = inFlight.get(told.number());
    if (flight == null) {
      throw differs(
          told.number(),
          "the log tells it after %d results, this search has not asked for it by then"
              .formatted(landed));
    }
    return flight;
  }

  /**
   * The first that waits for no training. A twin waits until what it copies was told, for it breeds
   * as that one; told at once then, it depends on no race which of the two comes first.
   */
  private Optional<Flight> atHand() {
    return inFlight.values().stream()
        .filter(flight -> !flight.isSubmitted())
        .filter(flight -> !inFlight.containsKey(flight.duplicateOf()))
        .findFirst();
  }

  /**
   * @throws SearchInputException if the log has another candidate by this number
   */
  void launch(Candidate candidate, Map<String, Double> costs, SearchListener listener) {
    Training training = Training.of(candidate);
    Flight flight = flight(candidate, twins.get(training), costs, listener);
    inFlight.put(flight.number(), flight);
    twins.putIfAbsent(training, flight);
    if (order == Order.ARRIVAL && flight.isSubmitted()) {
      awaitArrival(flight);
    }
  }

  // A training that breaks off never arrives: it halts the search.
  @SuppressWarnings("FutureReturnValueIgnored")
  private void awaitArrival(Flight flight) {
    flight.landing().thenAccept(arrivals::add);
  }

  private Flight flight(
      Candidate candidate,
      @Nullable Flight twin,
      Map<String, Double> costs,
      SearchListener listener) {
    Integer duplicateOf = twin == null ? null : twin.number();
    ToldEvaluation told = loggedByNumber.get(candidate.number());
    if (told != null) {
      requireSame(told, candidate, duplicateOf);
      return Flight.known(candidate, duplicateOf, told.evaluation());
    }
    if (twin != null) {
      // The same network, yet in another order of blocks other tensors are alive at a time.
      return new Flight(
          candidate,
          duplicateOf,
          false,
          twin.outcome().thenApply(evaluation -> withCosts(copy(evaluation, candidate), costs)));
    }
    return finished
        .find(candidate)
        .map(evaluation -> Flight.known(candidate, null, withCosts(evaluation, costs)))
        .orElseGet(() -> new Flight(candidate, null, true, train(candidate, costs, listener)));
  }

  /** Takes out what {@link #next} gave. */
  void land(Flight flight, Evaluation outcome) {
    inFlight.remove(flight.number());
    landed++;
    if (isMachineFailure(outcome)) {
      // It says nothing of the architecture: proposed again, that is trained again.
      twins.remove(Training.of(flight.candidate()), flight);
    }
  }

  private CompletableFuture<Evaluation> train(
      Candidate candidate, Map<String, Double> costs, SearchListener listener) {
    return evaluator
        .submit(candidate)
        .thenApply(evaluation -> keep(evaluation, listener))
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
      throw differs(
          candidate.number(),
          "the log has %s, this search asks for %s"
              .formatted(describe(logged, told.duplicateOf()), describe(candidate, duplicateOf)));
    }
  }

  private static SearchInputException differs(int number, String difference) {
    return new SearchInputException(
        "Configuration or version differs at evaluation %d: %s.".formatted(number, difference)
            + " Resume with the configuration and the version that the run was begun with.");
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
