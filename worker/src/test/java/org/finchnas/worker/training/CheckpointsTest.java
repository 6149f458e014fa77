package org.finchnas.worker.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.finchnas.evaluation.Epoch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointsTest {

  private static final Checkpoint CHECKPOINT =
      new Checkpoint(
          List.of(new Epoch(2.5, Double.NaN), new Epoch(1.5, 0.4)),
          new float[] {1, -0f, Float.NaN, 4},
          new float[] {5, 6, 7, Float.MIN_VALUE});

  @TempDir Path directory;

  @Test
  void whatIsKeptIsLoadedBitForBit() {
    checkpoints("a", Duration.ZERO).offer(() -> CHECKPOINT);

    Checkpoint loaded = checkpoints("a", Duration.ZERO).load().orElseThrow();
    assertThat(loaded.curve()).isEqualTo(CHECKPOINT.curve());
    assertThat(loaded.parameters()).isEqualTo(CHECKPOINT.parameters());
    assertThat(loaded.velocity()).isEqualTo(CHECKPOINT.velocity());
  }

  @Test
  void theLastOneCounts() {
    Checkpoints checkpoints = checkpoints("a", Duration.ZERO);
    checkpoints.offer(() -> new Checkpoint(List.of(), new float[1], new float[1]));
    checkpoints.offer(() -> CHECKPOINT);

    assertThat(checkpoints.load().orElseThrow().curve()).hasSize(2);
  }

  @Test
  void aShortTrainingKeepsNone() {
    Checkpoints checkpoints = checkpoints("a", Duration.ofHours(1));
    checkpoints.offer(
        () -> {
          throw new AssertionError("asked for a checkpoint that is not kept");
        });

    assertThat(checkpoints.load()).isEmpty();
  }

  @Test
  void anotherTrainingHasAnotherCheckpoint() {
    checkpoints("a", Duration.ZERO).offer(() -> CHECKPOINT);

    assertThat(checkpoints("b", Duration.ZERO).load()).isEmpty();
  }

  @Test
  void aDiscardedCheckpointIsGone() throws IOException {
    Checkpoints checkpoints = checkpoints("a", Duration.ZERO);
    checkpoints.offer(() -> CHECKPOINT);
    checkpoints.discard();

    assertThat(checkpoints.load()).isEmpty();
    try (var files = Files.list(directory)) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void whatAKilledProcessLeftUnfinishedIsWrittenOverAndGoes() throws IOException {
    Files.writeString(directory.resolve("a.checkpoint.partial"), "torn".repeat(1000));
    Checkpoints checkpoints = checkpoints("a", Duration.ZERO);

    checkpoints.offer(() -> CHECKPOINT);
    assertThat(checkpoints.load()).isPresent();
    Files.writeString(directory.resolve("a.checkpoint.partial"), "torn");
    checkpoints.discard();
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void aCheckpointTornAtAnyByteIsNone() {
    byte[] whole = CheckpointFile.bytes(CHECKPOINT);
    for (int length = 0; length < whole.length; length++) {
      assertThat(CheckpointFile.read(Arrays.copyOf(whole, length))).isEmpty();
    }
  }

  @Test
  void aCheckpointWithAWrongBitIsNone() {
    SplittableRandom random = new SplittableRandom(1);
    for (int round = 0; round < 200; round++) {
      byte[] bytes = CheckpointFile.bytes(CHECKPOINT);
      bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));

      assertThat(CheckpointFile.read(bytes)).isEqualTo(Optional.empty());
    }
  }

  private Checkpoints checkpoints(String key, Duration after) {
    return Checkpoints.in(directory, key, after);
  }
}
