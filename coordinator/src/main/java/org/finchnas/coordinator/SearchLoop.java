package org.finchnas.coordinator;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.LongSupplier;
import org.finchnas.evaluation.Candidate;
import org.finchnas.evaluation.CostModel;
import org.finchnas.evaluation.Evaluation;
import org.finchnas.evaluation.Evaluator;
import org.finchnas.evolution.Proposal;
import org.finchnas.evolution.SearchStrategy;
import org.jspecify.annotations.Nullable;

/**
 * Runs one search: asks, has trained, tells, in an order that depends on plan and strategy alone.
 *
 * <p>After each result told, and before the next, it asks until {@code lag} candidates are in
 * flight, the budget is spent or the strategy says "not yet". In strict order, results are told in
 * the order of the candidates' numbers, however they arrive. So candidate i is always asked after
 * the same results, and slots, their speed and their deaths change nothing but time. In order of
 * arrival, what is asked depends on what was told before and in which order, and on nothing else.
 *
 * <p>A resumed search is the same loop: the fresh strategy is asked the same questions; the log
 * answers what was told before, in its own order, {@link FinishedEvaluations} what was finished,
 * the evaluator the rest.
 */
public final class SearchLoop {

  private final SearchPlan plan;
  private final SearchStrategy strategy;
  private final Screening screening;
  private final EvaluationLog log;
  private final List<ToldEvaluation> logged;
  private final Flights flights;
  private final Stagnation stagnation;
  private final List<ToldEvaluation> history = new ArrayList<>();
  private final CompletableFuture<Void> halt = new CompletableFuture<>();
  private final Pause pause = new Pause();

  /**
   * Plan and strategy must be those that the record was begun with.
   *
   * @throws SearchInputException if the record holds more than the budget allows
   */
  public SearchLoop(
      SearchPlan plan,
      SearchStrategy strategy,
      CostModel costModel,
      Evaluator evaluator,
      RunRecord record) {
    this.plan = plan;
    this.strategy = strategy;
    this.screening = new Screening(costModel, plan.constraints());
    this.log = record.log();
    this.stagnation = new Stagnation(plan);
    this.logged = List.copyOf(log.told());
    this.flights = new Flights(plan.order(), logged, record.finished(), evaluator, halt);
    requireBudget(logged.stream().mapToInt(told -> told.number() + 1).max().orElse(0));
  }

  private void requireBudget(int asked) {
    if (asked > plan.budget().evaluations()) {
      throw new SearchInputException(
          "The run has asked for %d evaluations, more than its budget of %d. Raise the budget."
              .formatted(asked, plan.budget().evaluations()));
    }
  }

  /**
   * Searches until the budget is spent or {@link #stop} is called. To be called once.
   *
   * @throws SearchInputException if constraints admit nothing or the log is another search's
   * @throws SearchFailedException if evaluator or disk give up
   */
  public SearchResult run(SearchListener listener) {
    return run(listener, System::nanoTime);
  }

  SearchResult run(SearchListener listener, LongSupplier nanoClock) {
    long start = nanoClock.getAsLong();
    Duration before = logged.isEmpty() ? Duration.ZERO : logged.get(logged.size() - 1).elapsed();
    long paused = 0;
    askAll(listener);
    while (flights.count() > 0) {
      Flight flight = next();
      if (flight == null) {
        return result(halt.isDone() ? SearchResult.End.STOPPED : spent());
      }
      paused += pause.await(halt, nanoClock);
      Duration elapsed = before.plusNanos(Math.max(0, nanoClock.getAsLong() - start - paused));
      tell(flight, elapsed, listener);
      askAll(listener);
    }
    return result(isSpent() ? spent() : SearchResult.End.STOPPED);
  }

  /**
   * Ends the search soon, from any thread: nothing more is asked, and {@link #run} returns without
   * waiting for what is in training. The run can be resumed.
   */
  public void stop() {
    halt.complete(null);
  }

  /**
   * Tells and asks nothing more until {@link #goOn}, from any thread: what is in training is
   * finished and waits. It changes nothing but time, and the time it takes counts towards no
   * budget.
   */
  public void pause() {
    pause.begin();
  }

  /** Ends a pause, if there is one. */
  public void goOn() {
    pause.end();
  }

  private void askAll(SearchListener listener) {
    boolean more = true;
    while (more && flights.count() < plan.lag() && !isSpent() && !halt.isDone()) {
      more = ask(listener);
    }
  }

  /** Decided by what was told alone, not by the clock: a resumed search must decide alike. */
  private boolean isSpent() {
    int told = history.size();
    Duration wallTime = plan.budget().wallTime();
    return told + flights.count() >= plan.budget().evaluations()
        || stagnation.isReached()
        || (wallTime != null
            && told > 0
            && history.get(told - 1).elapsed().compareTo(wallTime) >= 0);
  }

  private SearchResult.End spent() {
    return stagnation.isReached() ? SearchResult.End.STAGNATION : SearchResult.End.BUDGET;
  }

  /** Whether the strategy had something to propose; repeats until it is admitted. */
  private boolean ask(SearchListener listener) {
    while (true) {
      Optional<Proposal> proposal = propose();
      if (proposal.isEmpty()) {
        if (!halt.isDone()) {
          requireFlights();
        }
        return false;
      }
      Map<String, Double> costs =
          screening.admit(
              proposal.get().architecture(), reason -> listener.rejected(proposal.get(), reason));
      if (costs != null) {
        Candidate candidate = number(proposal.get());
        flights.launch(candidate, costs, listener);
        listener.asked(candidate);
        return true;
      }
    }
  }

  /** A strategy that has its children forecast waits for slots, which may be stopped or fail. */
  private Optional<Proposal> propose() {
    try {
      return strategy.ask();
    } catch (CompletionException | CancellationException e) {
      if (halt.isDone() && !halt.isCompletedExceptionally()) {
        return Optional.empty();
      }
      throw failed(e.getCause() == null ? e : e.getCause());
    }
  }

  private void requireFlights() {
    if (flights.count() == 0) {
      throw new IllegalStateException(
          "After %d evaluations the strategy waits for results, but it was told all there are."
              .formatted(history.size()));
    }
  }

  private Candidate number(Proposal proposal) {
    int number = history.size() + flights.count();
    return new Candidate(
        number,
        proposal.architecture(),
        proposal.fidelity(),
        plan.candidateSeed(number),
        proposal.parent(),
        proposal.start());
  }

  /** What is told next, or null if the search ends before that is known. */
  private @Nullable Flight next() {
    boolean asksNoMore = halt.isDone() || isSpent();
    if (asksNoMore && !flights.hasNext()) {
      // What the log goes on with was asked when the search was not stopped, or had more time.
      return halt.isDone() ? await(new CompletableFuture<>()) : null;
    }
    return await(flights.next());
  }

  /** The flight, or null if the search was stopped before its outcome came. */
  private @Nullable Flight await(CompletableFuture<Flight> landing) {
    try {
      if (!landing.isDone()) {
        CompletableFuture.anyOf(landing, halt).join();
      }
      boolean stopped = halt.isDone() && !halt.isCompletedExceptionally();
      boolean known = landing.isDone() && !landing.isCompletedExceptionally();
      return stopped && !known ? null : landing.join();
    } catch (CompletionException | CancellationException e) {
      throw failed(e.getCause() == null ? e : e.getCause());
    }
  }

  private void tell(Flight flight, Duration elapsed, SearchListener listener) {
    Evaluation outcome = flight.outcome().join();
    flights.land(flight, outcome);
    if (history.size() < logged.size()) {
      ToldEvaluation before = logged.get(history.size());
      history.add(before);
      stagnation.see(before);
      strategy.tell(before.evaluation());
      listener.replayed(before);
    } else {
      ToldEvaluation told = new ToldEvaluation(outcome, flight.duplicateOf(), elapsed);
      append(told);
      history.add(told);
      stagnation.see(told);
      strategy.tell(told.evaluation());
      listener.told(told);
    }
  }

  private void append(ToldEvaluation told) {
    try {
      log.append(told);
    } catch (UncheckedIOException e) {
      throw failed(e);
    }
  }

  private SearchResult result(SearchResult.End end) {
    return new SearchResult(end, history, rejected(), plan.objectives());
  }

  /** What the strategy did not propose and what was not admitted, by reason. */
  private Map<String, Integer> rejected() {
    Map<String, Integer> all = new TreeMap<>(strategy.rejected());
    screening.rejected().forEach((reason, count) -> all.merge(reason, count, Integer::sum));
    return all;
  }

  private SearchFailedException failed(Throwable cause) {
    return new SearchFailedException(
        "The search broke off after %d evaluations: %s\n"
                .formatted(history.size(), cause.getMessage())
            + "What was finished is kept: resume the run when the cause is gone.",
        cause);
  }
}
