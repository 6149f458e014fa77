package org.finchnas.coordinator.cluster.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.finchnas.coordinator.SearchInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkerFolderTest {

  @TempDir Path cache;

  @Test
  void aFolderIsOneWorkersAtATime() {
    Path wanted = cache.resolve("a/b");
    WorkerFolder first = WorkerFolder.take(wanted, cache);
    assertThat(first.path()).isEqualTo(wanted);
    assertThatThrownBy(() -> WorkerFolder.take(wanted, cache))
        .isInstanceOf(SearchInputException.class)
        .hasMessageContaining("--dir");
    first.close();
    WorkerFolder.take(wanted, cache).close();
  }

  @Test
  void aFolderOfOtherFilesIsNotTaken() throws IOException {
    Path mine = Files.writeString(cache.resolve("thesis.tex"), "years of work");
    assertThatThrownBy(() -> WorkerFolder.take(cache, cache))
        .isInstanceOf(SearchInputException.class)
        .hasMessageContainingAll("holds other files", "--dir");
    assertThat(cache.toFile().list()).containsExactly(mine.getFileName().toString());
    Path volume = Files.createDirectories(cache.resolve("volume/lost+found")).resolveSibling("");
    WorkerFolder.take(volume, cache).close();
    Files.createDirectory(volume.resolve("runs"));
    WorkerFolder.take(volume, cache).close();
  }

  @Test
  void whoNamesNoFolderGetsTheNextThatIsFree() {
    WorkerFolder first = WorkerFolder.take(null, cache);
    WorkerFolder second = WorkerFolder.take(null, cache);
    WorkerFolder third = WorkerFolder.take(null, cache);
    assertThat(first.path()).isEqualTo(cache.resolve("worker"));
    assertThat(second.path()).isEqualTo(cache.resolve("worker-2"));
    assertThat(third.path()).isEqualTo(cache.resolve("worker-3"));
    second.close();
    WorkerFolder again = WorkerFolder.take(null, cache);
    assertThat(again.path()).isEqualTo(second.path());
    for (WorkerFolder folder : new WorkerFolder[] {first, third, again}) {
      folder.close();
    }
  }

  @Test
  void aFolderThatCannotBeUsedSaysSo() throws IOException {
    Path file = Files.writeString(cache.resolve("file"), "x");
    assertThatThrownBy(() -> WorkerFolder.take(file, cache))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("--dir");
  }

  @Test
  void theLogIsCutOffAndNeverEndsAWorker() throws IOException {
    try (WorkerFolder folder = WorkerFolder.take(null, cache)) {
      folder.log("first");
      Path log = folder.path().resolve("worker.log");
      assertThat(log).content().endsWith(" first\n");
      Files.write(log, new byte[(1 << 20) + 1]);
      folder.log("second");
      assertThat(log).content().endsWith(" second\n").doesNotContain("first");
      assertThat(folder.path().resolve("worker.log.old")).hasSize((1 << 20) + 1);
      Files.delete(log);
      Files.createDirectories(log.resolve("in the way"));
      folder.log("third");
    }
  }
}
