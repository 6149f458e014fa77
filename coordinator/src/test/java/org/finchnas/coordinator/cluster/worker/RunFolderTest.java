package org.finchnas.coordinator.cluster.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunFolderTest {

  @TempDir Path directory;

  private static void age(Path path, long days) throws IOException {
    Instant time = Instant.now().minus(Duration.ofDays(days));
    Files.setLastModifiedTime(path, FileTime.from(time));
  }

  private static void ageAll(Path folder, long days) throws IOException {
    List<Path> all;
    try (Stream<Path> paths = Files.walk(folder)) {
      all = paths.toList();
    }
    for (Path path : all) {
      age(path, days);
    }
  }

  private static Path weights(RunFolder folder, char name, int bytes, long ageDays)
      throws IOException {
    Path file = folder.weights().resolve(String.valueOf(name).repeat(64) + ".safetensors");
    Files.write(file, new byte[bytes]);
    age(file, ageDays);
    return file;
  }

  @Test
  void theWeightsNotUsedForLongestGo() throws IOException {
    RunFolder folder = RunFolder.open(directory, "run-1");
    Path oldest = weights(folder, 'a', 40, 3);
    Path needed = weights(folder, 'b', 40, 5);
    Path older = weights(folder, 'c', 40, 2);
    Path newest = weights(folder, 'd', 40, 1);
    folder.trimWeights(Set.of("b".repeat(64)), 160);
    assertThat(oldest).exists();
    folder.trimWeights(Set.of("b".repeat(64)), 100);
    assertThat(oldest).doesNotExist();
    assertThat(older).doesNotExist();
    assertThat(needed).exists();
    assertThat(newest).exists();
    folder.trimWeights(Set.of(), 0);
    assertThat(folder.weights()).isEmptyDirectory();
  }

  @Test
  void runsLongGoneAreForgotten() throws IOException {
    RunFolder gone = RunFolder.open(directory, "gone");
    Files.writeString(gone.outbox().resolve("a.report"), "x");
    ageAll(gone.path(), 8);
    RunFolder recent = RunFolder.open(directory, "recent");
    Files.writeString(recent.outbox().resolve("b.report"), "x");
    ageAll(recent.path(), 6);
    RunFolder delivered = RunFolder.open(directory, "delivered");
    RunFolder.open(directory, "now");
    assertThat(gone.path()).doesNotExist();
    assertThat(recent.path()).exists();
    assertThat(delivered.path()).doesNotExist();
  }

  @Test
  void whatIsNoRunIsNeverTouched() throws IOException {
    Path runs = RunFolder.open(directory, "gone").path().resolveSibling("");
    Path book = Files.createDirectory(runs.resolve("thesis")).resolve("chapter-1.tex");
    Files.writeString(book, "years of work");
    RunFolder mixed = RunFolder.open(directory, "mixed");
    Path note = mixed.path().resolve("note.txt");
    Files.writeString(note, "do not delete");
    Path file = runs.resolve("a-file");
    Files.writeString(file, "x");
    Path elsewhere = RunFolder.open(directory.resolve("elsewhere"), "run").path();
    Path link = runs.resolve("link");
    Files.createSymbolicLink(link, elsewhere);
    ageAll(runs, 100);
    age(elsewhere, 100);
    RunFolder.open(directory, "now");
    assertThat(book).exists();
    assertThat(note).exists();
    assertThat(file).exists();
    assertThat(elsewhere.resolve("outbox")).exists();
    assertThat(link).exists();
    assertThat(runs.resolve("gone")).doesNotExist();
  }

  @Test
  void aRunThatWasInUseForLongIsKept() throws IOException {
    RunFolder folder = RunFolder.open(directory, "long");
    ageAll(folder.path(), 8);
    Files.writeString(folder.outbox().resolve("a.report"), "x");
    RunFolder.open(directory, "now");
    assertThat(folder.outbox().resolve("a.report")).exists();
  }

  @Test
  void whatWasBeingWrittenIsSwept() throws IOException {
    RunFolder folder = RunFolder.open(directory, "run-1");
    Path whole = weights(folder, 'a', 1, 0);
    Files.writeString(folder.weights().resolve("x.fetched.part"), "x");
    RunFolder.open(directory, "run-1");
    assertThat(folder.weights().toFile().list()).containsExactly(whole.getFileName().toString());
  }

  @Test
  void whatWasBeingWrittenForOtherRunsIsSweptToo() throws IOException {
    RunFolder other = RunFolder.open(directory, "run-1");
    Path result = Files.writeString(other.outbox().resolve("a.report"), "x");
    Path half = Files.writeString(other.outbox().resolve("b.report.12.tmp"), "x");
    Path part = Files.writeString(other.weights().resolve("weights-12.part"), "x");
    Path whole = weights(other, 'a', 1, 0);
    RunFolder.open(directory, "run-2");
    assertThat(part).doesNotExist();
    assertThat(half).doesNotExist();
    assertThat(result).exists();
    assertThat(whole).exists();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "..", "../x", "a/b", "a.b"})
  void aRunsNameIsNoPath(String name) {
    assertThatThrownBy(() -> RunFolder.open(directory, name)).isInstanceOf(RefusedException.class);
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void aFolderThatCannotBeMadeSaysSo() throws IOException {
    Files.writeString(directory.resolve("runs"), "a file");
    assertThatThrownBy(() -> RunFolder.open(directory, "run-1"))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("--dir");
  }
}
