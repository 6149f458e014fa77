package org.finchnas.coordinator.cluster.worker;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.finchnas.coordinator.TrainingSite;
import org.finchnas.coordinator.cluster.ClusterSamples;
import org.finchnas.evaluation.Candidate;
import org.finchnas.evaluation.Evaluation;
import org.finchnas.evaluation.FailureReason;
import org.finchnas.evaluation.ProxyAnswer;
import org.finchnas.evaluation.ProxyRequest;
import org.finchnas.evaluation.TrainingTask;
import org.finchnas.evaluation.ZeroCostProxy;
import org.finchnas.evaluation.slot.SlotMessage.Ready;

/** Trains nothing: a training ends when a test says so. */
final class FakeSite implements TrainingSite {

  private static final long LIMIT_SECONDS = 30;

  final TrainingTask task;
  private final Ready images;
  private final List<Integer> submitted = new CopyOnWriteArrayList<>();
  private final Map<Integer, CompletableFuture<Candidate>> begun = new ConcurrentHashMap<>();
  private final Map<Integer, CompletableFuture<Evaluation>> outcomes = new ConcurrentHashMap<>();
  final CompletableFuture<Void> closed = new CompletableFuture<>();

  FakeSite(TrainingTask task, Ready images) {
    this.task = task;
    this.images = images;
  }

  /** The numbers it was given, in that order. */
  List<Integer> submitted() {
    return List.copyOf(submitted);
  }

  /** Waits until it trains that one. */
  Candidate await(int number) throws Exception {
    return begun(number).get(LIMIT_SECONDS, TimeUnit.SECONDS);
  }

  private CompletableFuture<Candidate> begun(int number) {
    return begun.computeIfAbsent(number, key -> new CompletableFuture<>());
  }

  /** Ends a training well, as soon as it has begun. */
  Evaluation complete(int number, byte[] weights) throws Exception {
    Candidate candidate = await(number);
    Evaluation evaluation =
        new Evaluation.Completed(
            candidate,
            Map.of("validationAccuracy", 0.5),
            List.of(),
            ClusterSamples.hash(weights),
            100,
            0,
            ClusterSamples.execution(number));
    Path folder = Path.of(task.weightsDirectory());
    Files.write(folder.resolve(ClusterSamples.hash(weights) + ".safetensors"), weights);
    ending(number).complete(evaluation);
    return evaluation;
  }

  /** Ends a training with a learning curve that fits no message. */
  void completeUnreadably(int number) throws Exception {
    Candidate candidate = await(number);
    CompletableFuture<Evaluation> outcome = ending(number);
    outcome.complete(
        new Evaluation.Failed(
            candidate,
            FailureReason.DIVERGED,
            "x".repeat(5 << 20),
            ClusterSamples.execution(number)));
  }

  /** What is awaited from now on is the next training of that number. */
  private CompletableFuture<Evaluation> ending(int number) {
    begun.remove(number);
    return outcome(number);
  }

  private CompletableFuture<Evaluation> outcome(int number) {
    return Objects.requireNonNull(outcomes.get(number));
  }

  /** Completes when what it trains has ended, well or not. */
  CompletableFuture<Boolean> ended(int number) {
    return outcome(number).handle((evaluation, error) -> evaluation != null);
  }

  void breakDown(int number, RuntimeException reason) throws Exception {
    await(number);
    ending(number).completeExceptionally(reason);
  }

  @Override
  public CompletableFuture<Evaluation> submit(Candidate candidate) {
    CompletableFuture<Evaluation> outcome = new CompletableFuture<>();
    if (closed.isDone()) {
      outcome.completeExceptionally(new CancellationException("closed"));
      return outcome;
    }
    CompletableFuture<Candidate> announced = begun(candidate.number());
    CompletableFuture<Evaluation> unused =
        outcome.whenComplete((evaluation, error) -> begun.remove(candidate.number(), announced));
    submitted.add(candidate.number());
    outcomes.put(candidate.number(), outcome);
    announced.complete(candidate);
    return outcome;
  }

  @Override
  public CompletableFuture<ProxyAnswer> submit(ProxyRequest request) {
    return CompletableFuture.completedFuture(ProxyAnswer.of(Map.of(ZeroCostProxy.SYNFLOW, 7.0)));
  }

  @Override
  public int slots() {
    return 2;
  }

  @Override
  public String numericClass() {
    return ClusterSamples.CLASS;
  }

  @Override
  public Ready images() {
    return images;
  }

  @Override
  public void close() {
    closed.complete(null);
    outcomes
        .values()
        .forEach(outcome -> outcome.completeExceptionally(new CancellationException("closed")));
  }
}
