package org.finchnas.coordinator.cluster;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.TreeSet;
import org.finchnas.coordinator.run.EvaluationJson;
import org.finchnas.evaluation.Candidate;
import org.finchnas.evaluation.ProxyRequest;

/**
 * Names of pieces of work: a function of what is to be done alone, so that a coordinator that was
 * started again knows what its workers have in hand. What all candidates of a run share (training,
 * images) is not in it: reports name their run beside it.
 */
public final class WorkKeys {

  private static final int DIGITS = 16;

  private WorkKeys() {}

  /** The name of a candidate's training. */
  public static String of(Candidate candidate) {
    return of(candidate.number(), EvaluationJson.write(candidate));
  }

  /**
   * The same.
   *
   * @param candidate as JSON
   */
  static String of(int number, String candidate) {
    return "train-" + number + "-" + digest(candidate);
  }

  static String of(ProxyRequest request) {
    return "score-"
        + digest(
            "%s %s %d %s"
                .formatted(
                    request.architecture().notation(),
                    request.fidelity(),
                    request.seed(),
                    new TreeSet<>(request.proxies())));
  }

  private static String digest(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash).substring(0, DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256.", e);
    }
  }
}
