package org.finchnas.benchmarks.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.finchnas.evaluation.Candidate;
import org.finchnas.evaluation.Epoch;
import org.finchnas.evaluation.Evaluation;
import org.finchnas.evaluation.Execution;
import org.finchnas.evaluation.Objective;
import org.finchnas.searchspace.weights.WeightsFile;

/**
 * A training that takes a log-normal time and leaves weights that are none; both follow from the
 * candidate's seed, its accuracy from the architecture.
 *
 * @param meanSeconds of all trainings
 */
record FakeTraining(double meanSeconds) {

  /** Coefficient of variation of the time a training takes. */
  private static final double VARIATION = 0.6;

  /** As of a network of 25 000 params. */
  static final int WEIGHTS_BYTES = 100_000;

  Duration duration(Candidate candidate) {
    double variance = Math.log(1 + VARIATION * VARIATION);
    double normal = new SplittableRandom(candidate.seed()).nextGaussian();
    double seconds = meanSeconds * Math.exp(Math.sqrt(variance) * normal - variance / 2);
    return Duration.ofNanos((long) (seconds * 1e9));
  }

  /**
   * What came of it.
   *
   * @param weights folder that a file of weights is left in
   */
  Evaluation result(Candidate candidate, Instant started, Path weights) {
    double accuracy =
        new SplittableRandom(candidate.architecture().id().hashCode()).nextDouble(0.1, 1);
    return new Evaluation.Completed(
        candidate,
        Map.of(Objective.VALIDATION_ACCURACY.name(), accuracy),
        List.of(new Epoch(1, accuracy)),
        writeWeights(candidate, weights),
        1,
        0,
        new Execution("here", ProcessHandle.current().pid(), started, duration(candidate)));
  }

  private static String writeWeights(Candidate candidate, Path folder) {
    byte[] bytes = new byte[WEIGHTS_BYTES];
    new SplittableRandom(candidate.seed()).nextBytes(bytes);
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      String hash = HexFormat.of().formatHex(digest);
      Files.write(folder.resolve(hash + WeightsFile.SUFFIX), bytes);
      return hash;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256.", e);
    }
  }
}
