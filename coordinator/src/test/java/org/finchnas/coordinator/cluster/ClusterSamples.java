package org.finchnas.coordinator.cluster;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.finchnas.coordinator.Toy;
import org.finchnas.coordinator.cluster.message.Device;
import org.finchnas.coordinator.cluster.message.Introduction;
import org.finchnas.coordinator.cluster.message.Reply.SlotSettings;
import org.finchnas.coordinator.cluster.message.Request;
import org.finchnas.coordinator.cluster.message.Result;
import org.finchnas.coordinator.run.EvaluationJson;
import org.finchnas.evaluation.Candidate;
import org.finchnas.evaluation.Epoch;
import org.finchnas.evaluation.Evaluation;
import org.finchnas.evaluation.Evaluation.Completed;
import org.finchnas.evaluation.Evaluation.Failed;
import org.finchnas.evaluation.Execution;
import org.finchnas.evaluation.FailureReason;
import org.finchnas.evaluation.ProxyRequest;
import org.finchnas.evaluation.TrainingParams;
import org.finchnas.evaluation.TrainingTask;
import org.finchnas.evaluation.ZeroCostProxy;
import org.finchnas.evaluation.slot.SlotMessage.Ready;
import org.jspecify.annotations.Nullable;

/** A tiny run for clusters: what is said in it, and what comes of its candidates. */
public final class ClusterSamples {

  public static final String BUILD = "0.1+abc";
  public static final String CLASS = "cpu avx2 0123";
  public static final Ready IMAGES = new Ready("d".repeat(64), 3, List.of("cat", "dog"), 8, 2);
  public static final Duration LEASE = Duration.ofSeconds(12);

  private ClusterSamples() {}

  public static TrainingTask task(String dataSet) {
    return task(dataSet, 1);
  }

  public static TrainingTask task(String dataSet, long splitSeed) {
    return new TrainingTask(
        dataSet,
        null,
        "cache",
        8,
        0.2,
        splitSeed,
        TrainingParams.DEFAULT,
        "weights",
        "checkpoints",
        0,
        0);
  }

  public static ClusterPlan plan() {
    return plan(RUN, List.of(images()), null, false, 1, Duration.ZERO);
  }

  static ClusterPlan plan(boolean mixed, int retries, Duration grace) {
    return plan(RUN, List.of(images()), null, mixed, retries, grace);
  }

  public static ClusterPlan plan(
      String run,
      List<ClusterImages> images,
      @Nullable String numericClass,
      boolean mixed,
      int retries,
      Duration grace) {
    return new ClusterPlan(
        run,
        BUILD,
        task("shapes"),
        images,
        numericClass,
        mixed,
        new SlotSettings(retries, 60),
        LEASE,
        grace);
  }

  static ClusterImages images() {
    return new ClusterImages(8, IMAGES.dataHash(), Path.of("no-images"));
  }

  public static Introduction cpu(String name) {
    return introduction(name, new Device(false, "cores", 8L << 30));
  }

  static Introduction gpu(String name, long memoryBytes) {
    return introduction(name, new Device(true, "gpu", memoryBytes));
  }

  private static Introduction introduction(String name, Device device) {
    return new Introduction(name, "host", 1, BUILD, List.of(device));
  }

  public static Candidate candidate(int number) {
    return new Candidate(
        number,
        Toy.architecture(1 + number % 6, 4 * (1 + number % 20)),
        Toy.FIDELITY,
        1000L + number,
        null,
        null);
  }

  static ProxyRequest score(int filters) {
    return new ProxyRequest(
        Toy.architecture(1, 4 * filters), Toy.FIDELITY, 1, Set.of(ZeroCostProxy.SYNFLOW));
  }

  /** The weights of a candidate, whoever trains it. */
  public static byte[] weights(Candidate candidate) {
    return "weights of %d".formatted(candidate.seed()).getBytes(StandardCharsets.UTF_8);
  }

  public static String hash(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  public static final String RUN = "run-1";

  /** How a worker tells an evaluation. */
  public static Result.Evaluated result(Evaluation evaluation) {
    return result(EvaluationJson.write(evaluation));
  }

  public static Result.Evaluated result(String evaluation) {
    return new Result.Evaluated(evaluation, BUILD, CLASS);
  }

  /** A report without weights. */
  public static Request.Report report(String worker, String run, String key, Result result) {
    return new Request.Report(worker, run, key, result, new byte[0]);
  }

  public static Execution execution(long attempt) {
    return new Execution("host", 1, Instant.ofEpochSecond(attempt), Duration.ofSeconds(1));
  }

  /** What a training without accidents ends in; about one in ten diverges. */
  public static Evaluation outcome(Candidate candidate, @Nullable Execution execution) {
    double accuracy = Toy.accuracy(candidate);
    return accuracy < 0.1
        ? new Failed(candidate, FailureReason.DIVERGED, "loss NaN", execution)
        : new Completed(
            candidate,
            Map.of("validationAccuracy", accuracy),
            List.of(new Epoch(2.3, Double.NaN), new Epoch(1.9, accuracy)),
            hash(weights(candidate)),
            100,
            0,
            execution);
  }
}
