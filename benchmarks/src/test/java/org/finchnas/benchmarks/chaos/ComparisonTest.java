package org.finchnas.benchmarks.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ComparisonTest {

  private static final byte[] WEIGHTS = "weights".getBytes(StandardCharsets.UTF_8);

  @TempDir private Path run;
  private SearchLog undisturbed = new SearchLog(List.of());

  @BeforeEach
  void logTwo() throws IOException {
    Files.createDirectory(run.resolve("weights"));
    Files.write(weights(), WEIGHTS);
    write(line(0, "0.5", "a"), line(1, "0.6", "b"));
    undisturbed = SearchLog.read(run);
  }

  @Test
  void whereAndWhenDoNotMatter() throws IOException {
    write(line(0, "0.5", "c"), line(1, "0.6", "d"));

    assertThat(compare().isSame()).isTrue();
    assertThat(compare().evaluations()).isEqualTo(2);
  }

  @Test
  void whatIsMissingIsLost() throws IOException {
    write(line(0, "0.5", "a"));

    assertThat(compare()).isEqualTo(new Comparison(1, 1, 0, 0, 0, true));
  }

  @Test
  void whatIsThereAgainIsTwice() throws IOException {
    write(line(0, "0.5", "a"), line(1, "0.6", "b"), line(1, "0.6", "b"));

    assertThat(compare()).isEqualTo(new Comparison(3, 0, 1, 0, 0, true));
  }

  @Test
  void anotherResultOrOrderDiffers() throws IOException {
    write(line(0, "0.5", "a"), line(1, "0.61", "b"));
    assertThat(compare()).isEqualTo(new Comparison(2, 0, 0, 0, 0, true));

    write(line(1, "0.6", "b"), line(0, "0.5", "a"));
    assertThat(compare()).isEqualTo(new Comparison(2, 0, 0, 0, 0, true));
  }

  @Test
  void aFailureOfTheMachineIsCounted() throws IOException {
    write(line(0, "0.5", "a"), "{\"number\":1,\"status\":\"failed\",\"reason\":\"machine\"}");

    assertThat(compare()).isEqualTo(new Comparison(2, 0, 0, 1, 0, true));
  }

  @Test
  void weightsMustBeThereAndWhole() throws IOException {
    Files.write(weights(), new byte[] {1});
    assertThat(compare()).isEqualTo(new Comparison(2, 0, 0, 0, 1, false));
    assertThat(compare().isSame()).isFalse();

    Files.delete(weights());
    assertThat(compare().damagedWeights()).isEqualTo(1);
  }

  private Comparison compare() {
    return Comparison.of(run, undisturbed);
  }

  private void write(String... lines) throws IOException {
    Files.writeString(run.resolve("evaluations.jsonl"), String.join("\n", lines) + "\n");
  }

  private static String line(int number, String accuracy, String host) {
    return "{\"number\":%d,\"status\":\"completed\",\"validationAccuracy\":%s,\"weights\":\"%s\",\"where\":{\"host\":\"%s\"},\"when\":{\"tookSeconds\":1}}"
        .formatted(number, accuracy, hash(), host);
  }

  private Path weights() {
    return run.resolve("weights").resolve(hash() + ".safetensors");
  }

  private static String hash() {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(WEIGHTS));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
