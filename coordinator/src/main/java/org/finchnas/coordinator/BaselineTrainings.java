package org.finchnas.coordinator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.finchnas.evaluation.Candidate;
import org.finchnas.evaluation.Evaluation;
import org.finchnas.evaluation.Evaluator;
import org.finchnas.evaluation.FailureReason;
import org.finchnas.evaluation.Fidelity;
import org.finchnas.searchspace.Design;

/**
 * Trains the networks that a search is compared with, each once, as the search's full fidelity
 * says. No strategy hears of them.
 */
public final class BaselineTrainings {

  /** Hears of each one that is finished, on any thread. */
  @FunctionalInterface
  public interface Listener {
    void finished(String name, Evaluation evaluation);
  }

  private final SearchPlan plan;
  private final Fidelity fidelity;
  private final Evaluator evaluator;
  private final BaselineRecord record;
  private final Function<Design, Map<String, Double>> costs;
  private final CompletableFuture<Void> halt = new CompletableFuture<>();

  /**
   * @param costs what is known of a design without training, by objective
   */
  public BaselineTrainings(
      SearchPlan plan,
      Fidelity fidelity,
      Evaluator evaluator,
      BaselineRecord record,
      Function<Design, Map<String, Double>> costs) {
    this.plan = plan;
    this.fidelity = fidelity;
    this.evaluator = evaluator;
    this.record = record;
    this.costs = costs;
  }

  /**
   * Trains those of which nothing is recorded. What a machine did wrong is not recorded: the next
   * call tries again.
   *
   * @return whether it came to its end, not to a stop
   * @throws SearchFailedException if evaluator or disk give up
   */
  public boolean run(List<String> names, Listener listener) {
    List<CompletableFuture<?>> running = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      if (halt.isDone()) {
        return false;
      }
      String name = names.get(i);
      if (record.find(name).isEmpty()) {
        running.add(
            evaluator
                .submit(candidate(name, Candidate.FIRST_BASELINE + i))
                .thenAccept(evaluation -> keep(name, evaluation, listener)));
      }
    }
    CompletableFuture<Void> all =
        CompletableFuture.allOf(running.toArray(CompletableFuture[]::new));
    try {
      CompletableFuture.anyOf(all, halt).join();
    } catch (CompletionException | CancellationException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new SearchFailedException(
          "The baselines broke off: %s\nThe search itself is whole: resume the run when the cause is gone."
              .formatted(cause.getMessage()),
          cause);
    }
    return all.isDone();
  }

  /** Ends {@link #run} soon, from any thread. */
  public void stop() {
    halt.complete(null);
  }

  private Candidate candidate(String name, int number) {
    return new Candidate(number, Design.of(name), fidelity, plan.candidateSeed(number), null, null);
  }

  /** Runs on the evaluator's thread, so that it is durable before the slot goes on. */
  private void keep(String name, Evaluation outcome, Listener listener) {
    Evaluation evaluation =
        outcome instanceof Evaluation.Completed completed
            ? completed.with(costs.apply(completed.candidate().design()))
            : outcome;
    boolean machine =
        evaluation instanceof Evaluation.Failed failed && failed.reason() == FailureReason.MACHINE;
    if (!machine) {
      record.put(name, evaluation);
    }
    evaluator.kept(outcome);
    listener.finished(name, evaluation);
  }
}
