package org.finchnas.benchmarks.cluster;

import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.finchnas.coordinator.TrainingSite;
import org.finchnas.evaluation.Candidate;
import org.finchnas.evaluation.Evaluation;
import org.finchnas.evaluation.ProxyAnswer;
import org.finchnas.evaluation.ProxyRequest;
import org.finchnas.evaluation.TrainingTask;
import org.finchnas.evaluation.slot.SlotMessage.Ready;

/** Slots whose trainings only take time: a timer ends them. */
final class FakeSite implements TrainingSite {

  private final int slots;
  private final FakeTraining training;
  private final Ready images;
  private final Path weights;
  private final ScheduledExecutorService timer;

  /**
   * @param images what they say they train on
   * @param timer ends trainings; shared with others, perhaps, so it is not closed
   */
  FakeSite(
      int slots,
      FakeTraining training,
      Ready images,
      TrainingTask task,
      ScheduledExecutorService timer) {
    this.slots = slots;
    this.training = training;
    this.images = images;
    this.weights = Path.of(task.weightsDirectory());
    this.timer = timer;
  }

  // Whoever waits for the outcome hears what goes wrong in it.
  @SuppressWarnings("FutureReturnValueIgnored")
  @Override
  public CompletableFuture<Evaluation> submit(Candidate candidate) {
    CompletableFuture<Evaluation> outcome = new CompletableFuture<>();
    Instant started = Instant.now();
    timer.schedule(
        () -> outcome.completeAsync(() -> training.result(candidate, started, weights), timer),
        training.duration(candidate).toNanos(),
        TimeUnit.NANOSECONDS);
    return outcome;
  }

  @Override
  public CompletableFuture<ProxyAnswer> submit(ProxyRequest request) {
    return CompletableFuture.completedFuture(ProxyAnswer.LOST);
  }

  @Override
  public String numericClass() {
    return "fake";
  }

  @Override
  public Ready images() {
    return images;
  }

  @Override
  public int slots() {
    return slots;
  }

  @Override
  public void close() {}
}
