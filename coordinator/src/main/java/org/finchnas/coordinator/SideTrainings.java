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
import org.finchnas.searchspace.Design;

/**
 * Trains networks beside a search, each once: those it is compared with, and the best it found, for
 * use. No strategy hears of them.
 */
public final class SideTrainings {

  /** Hears of each one that is finished, on any thread. */
  @FunctionalInterface
  public interface Listener {
    void finished(String name, Evaluation evaluation);
  }

  private final Evaluator evaluator;
  private final TrainingRecord record;
  private final Function<Design, Map<String, Double>> costs;
  private final CompletableFuture<Void> halt = new CompletableFuture<>();

  /**
   * @param costs what is known of a design without training, by objective
   */
  public SideTrainings(
      Evaluator evaluator, TrainingRecord record, Function<Design, Map<String, Double>> costs) {
    this.evaluator = evaluator;
    this.record = record;
    this.costs = costs;
  }

  /**
   * Trains those of which nothing is recorded. What a machine did wrong is not recorded: the next
   * call tries again.
   *
   * @param candidates by the names under which they are recorded
   * @return whether it came to its end, not to a stop
   * @throws SearchFailedException if evaluator or disk give up
   */
  public boolean run(Map<String, Candidate> candidates, Listener listener) {
    List<CompletableFuture<?>> running = new ArrayList<>();
    for (Map.Entry<String, Candidate> each : candidates.entrySet()) {
      if (halt.isDone()) {
        return false;
      }
      if (record.find(each.getKey()).isEmpty()) {
        running.add(
            evaluator
                .submit(each.getValue())
                .thenAccept(evaluation -> keep(each.getKey(), evaluation, listener)));
      }
    }
    CompletableFuture<Void> all =
        CompletableFuture.allOf(running.toArray(CompletableFuture[]::new));
    try {
      CompletableFuture.anyOf(all, halt).join();
    } catch (CompletionException | CancellationException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new SearchFailedException(
          "The trainings beside the search broke off: %s\nThe search itself is whole: resume the run when the cause is gone."
              .formatted(cause.getMessage()),
          cause);
    }
    return all.isDone();
  }

  /** Ends {@link #run} soon, from any thread. */
  public void stop() {
    halt.complete(null);
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
