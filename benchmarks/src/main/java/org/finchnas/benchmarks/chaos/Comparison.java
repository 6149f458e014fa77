package org.finchnas.benchmarks.chaos;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;

/**
 * A search that was disturbed against one that was not.
 *
 * @param evaluations told
 * @param lost numbers that are missing
 * @param twice numbers that are there more than once, counted beyond the first
 * @param machineFailures evaluations given up because of a machine
 * @param damagedWeights files of weights that are not there, or are others than their name says
 * @param differs whether anything else is not the same
 */
record Comparison(
    int evaluations,
    int lost,
    int twice,
    long machineFailures,
    long damagedWeights,
    boolean differs) {

  static Comparison of(Path run, SearchLog undisturbed) {
    SearchLog log = SearchLog.read(run);
    Set<Integer> numbers = new HashSet<>(log.numbers());
    Set<Integer> missing = new HashSet<>(undisturbed.numbers());
    missing.removeAll(numbers);
    return new Comparison(
        log.lines().size(),
        missing.size(),
        log.lines().size() - numbers.size(),
        log.machineFailures(),
        log.weights().stream().distinct().filter(hash -> !isWhole(run, hash)).count(),
        !log.equals(undisturbed));
  }

  boolean isSame() {
    return lost == 0 && twice == 0 && machineFailures == 0 && damagedWeights == 0 && !differs;
  }

  private static boolean isWhole(Path run, String hash) {
    Path file = run.resolve("weights").resolve(hash + ".safetensors");
    return Files.isRegularFile(file) && sha256(file).equals(hash);
  }

  private static String sha256(Path file) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      try (InputStream bytes = new DigestInputStream(Files.newInputStream(file), digest)) {
        bytes.transferTo(OutputStream.nullOutputStream());
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256.", e);
    }
  }
}
