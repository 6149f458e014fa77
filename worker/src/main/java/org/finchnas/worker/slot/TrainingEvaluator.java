package org.finchnas.worker.slot;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.finchnas.evaluation.Candidate;
import org.finchnas.evaluation.Evaluation;
import org.finchnas.evaluation.Evaluator;
import org.finchnas.evaluation.Execution;
import org.finchnas.evaluation.ProxyAnswer;
import org.finchnas.evaluation.ProxyEvaluator;
import org.finchnas.evaluation.ProxyRequest;
import org.finchnas.evaluation.slot.SlotMessage;
import org.finchnas.evaluation.slot.SlotMessage.Refused;
import org.finchnas.evaluation.slot.SlotMessage.Score;
import org.finchnas.evaluation.slot.SlotMessage.Scored;
import org.finchnas.evaluation.slot.SlotMessage.Train;
import org.finchnas.evaluation.slot.SlotMessage.Trained;
import org.finchnas.worker.training.PreparedTask;

/**
 * Trains in this process. A search uses slot processes instead: a crash in native code takes this
 * process with it.
 */
public final class TrainingEvaluator implements Evaluator, ProxyEvaluator {

  private final CandidateTrainer trainer;
  private final CandidateScorer scorer;
  private final int slots;
  private final ExecutorService threads;

  /**
   * @param slots trainings at the same time, a thread each
   * @param checkpointAfter how long a training runs before its epochs are saved
   */
  public TrainingEvaluator(PreparedTask prepared, int slots, Duration checkpointAfter) {
    this.trainer = new CandidateTrainer(prepared, checkpointAfter);
    this.scorer = new CandidateScorer(prepared);
    this.slots = slots;
    this.threads = Executors.newFixedThreadPool(slots);
  }

  @Override
  public CompletableFuture<Evaluation> submit(Candidate candidate) {
    return CompletableFuture.supplyAsync(() -> evaluate(candidate), threads);
  }

  @Override
  public CompletableFuture<ProxyAnswer> submit(ProxyRequest request) {
    Score message =
        new Score(
            0,
            request.architecture().notation(),
            request.fidelity(),
            request.seed(),
            request.proxies());
    return CompletableFuture.supplyAsync(
        () ->
            scorer.score(message) instanceof Scored scored
                ? ProxyAnswer.of(scored.values())
                : ProxyAnswer.LOST,
        threads);
  }

  @Override
  public int slots() {
    return slots;
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }

  private Evaluation evaluate(Candidate candidate) {
    Instant started = Instant.now();
    SlotMessage answer = trainer.train(Train.of(candidate), (epochs, last) -> {});
    trainer.acknowledged();
    Execution execution =
        new Execution(
            "localhost",
            ProcessHandle.current().pid(),
            started,
            Duration.between(started, Instant.now()));
    return evaluation(candidate, answer, execution);
  }

  private static Evaluation evaluation(
      Candidate candidate, SlotMessage answer, Execution execution) {
    if (answer instanceof Trained trained) {
      return trained.evaluation(candidate, execution);
    }
    Refused refused = (Refused) answer;
    return new Evaluation.Failed(candidate, refused.reason(), refused.message(), execution);
  }
}
