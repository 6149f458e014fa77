package org.finchnas.coordinator.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.finchnas.coordinator.cluster.message.Wire;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterFilesTest {

  @TempDir Path folder;

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  @ParameterizedTest
  @ValueSource(
      ints = {0, 1, Wire.PIECE_BYTES - 1, Wire.PIECE_BYTES, Wire.PIECE_BYTES + 1, 1_200_000})
  void filesTravelInPieces(int length) throws IOException {
    byte[] bytes = bytes(length);
    Path from = Files.write(folder.resolve("from"), bytes);
    String hash = ClusterSamples.hash(bytes);
    assertThat(ClusterFiles.sha256(from)).isEqualTo(hash);
    long offset = 0;
    do {
      assertThat(ClusterFiles.hasWeights(folder, hash)).isFalse();
      ClusterFiles.Piece piece = ClusterFiles.read(from, offset).orElseThrow();
      assertThat(piece.bytes()).hasSizeLessThanOrEqualTo(Wire.PIECE_BYTES);
      offset = ClusterFiles.write(folder, "a", hash, offset, piece.size(), piece.bytes());
    } while (offset < length);
    assertThat(ClusterFiles.weights(folder, hash)).hasBinaryContent(bytes);
    assertThat(ClusterFiles.hasSoundWeights(folder, hash)).isTrue();
    assertThat(folder).isDirectoryNotContaining("glob:**.part");
    assertThat(ClusterFiles.write(folder, "b", hash, 0, length, new byte[0])).isEqualTo(length);
  }

  @Test
  void whoeverComesAgainGoesOnWhereItWas() throws IOException {
    byte[] bytes = bytes(10);
    String hash = ClusterSamples.hash(bytes);
    byte[] start = Arrays.copyOf(bytes, 4);
    assertThat(ClusterFiles.write(folder, "a", hash, 0, 10, start)).isEqualTo(4);
    assertThat(ClusterFiles.write(folder, "a", hash, 0, 10, start)).isEqualTo(4);
    assertThat(ClusterFiles.write(folder, "a", hash, 6, 10, start)).isEqualTo(4);
    assertThat(ClusterFiles.write(folder, "b", hash, 0, 10, bytes)).isEqualTo(10);
    assertThat(ClusterFiles.write(folder, "a", hash, 4, 10, new byte[6])).isEqualTo(10);
    assertThat(ClusterFiles.weights(folder, hash)).hasBinaryContent(bytes);
  }

  @Test
  void damageIsFoundAndTheFileBeginsAfresh() throws IOException {
    byte[] bytes = bytes(10);
    String hash = ClusterSamples.hash(bytes);
    byte[] damaged = bytes.clone();
    damaged[3]++;
    assertThatThrownBy(() -> ClusterFiles.write(folder, "a", hash, 0, 10, damaged))
        .isInstanceOf(ClusterFiles.DamagedException.class);
    assertThat(folder).isEmptyDirectory();
    assertThat(ClusterFiles.write(folder, "a", hash, 0, 10, bytes)).isEqualTo(10);
    Files.write(ClusterFiles.weights(folder, hash), damaged);
    assertThat(ClusterFiles.hasWeights(folder, hash)).isTrue();
    assertThat(ClusterFiles.hasSoundWeights(folder, hash)).isFalse();
  }

  @Test
  void whatIsNotThereIsNotRead() throws IOException {
    assertThat(ClusterFiles.read(folder.resolve("none"), 0)).isEmpty();
    assertThat(ClusterFiles.hasSoundWeights(folder, "0".repeat(64))).isFalse();
    Path file = Files.write(folder.resolve("file"), bytes(3));
    assertThat(ClusterFiles.read(file, 3).orElseThrow().bytes()).isEmpty();
    assertThatThrownBy(() -> ClusterFiles.read(file, 4)).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> ClusterFiles.read(file, -1)).isInstanceOf(IOException.class);
  }
}
