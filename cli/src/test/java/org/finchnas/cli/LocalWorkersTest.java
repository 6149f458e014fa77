package org.finchnas.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.finchnas.coordinator.SearchInputException;
import org.finchnas.coordinator.ignite.Endpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real worker processes that cannot take part. */
class LocalWorkersTest {

  @TempDir Path folder;

  private final BlockingQueue<String> warnings = new LinkedBlockingQueue<>();
  private final BlockingQueue<RuntimeException> deserted = new LinkedBlockingQueue<>();

  private LocalWorkers workers(int slots) throws IOException {
    return workers(slots, List.of(List.of(), List.of()));
  }

  private LocalWorkers workers(int slots, List<List<String>> gpus) throws IOException {
    Endpoint nobody = Endpoint.free("127.0.0.1");
    return new LocalWorkers(nobody, "token", folder, gpus, slots, folder, warnings::add);
  }

  @Test
  void workersWithBadInputAreGivenUpOneByOneWithTheirWords() throws Exception {
    try (LocalWorkers workers = workers(-1)) {
      workers.start(deserted::add);
      assertThat(warnings.poll(120, TimeUnit.SECONDS))
          .contains("ended for good")
          .contains("Its last words:")
          .contains("--slots");
      assertThat(deserted.poll(120, TimeUnit.SECONDS))
          .isInstanceOf(SearchInputException.class)
          .hasMessageContaining("No worker could take part.")
          .hasMessageContaining("--slots");
      assertThat(warnings).isEmpty();
    }
  }

  @Test
  void workersThatCannotBeStartedAreGivenUpToo() throws Exception {
    String home = System.getProperty("java.home");
    System.setProperty("java.home", folder.toString());
    try (LocalWorkers workers = workers(1)) {
      workers.start(deserted::add);
    } finally {
      System.setProperty("java.home", home);
    }
    assertThat(warnings.poll()).contains("It cannot be started").contains(folder.toString());
    assertThat(deserted.poll()).hasMessageContaining("No worker could take part.");
  }

  /** What ends with 1 may pass, so it is started again, but not for ever. */
  @Test
  void aWorkerThatFailsAtOnceIsGivenUpAfterFiveStarts() throws Exception {
    Path java = Files.createDirectories(folder.resolve("bin")).resolve("java");
    Path starts = folder.resolve("starts");
    Files.writeString(
        java, "#!/bin/sh\necho started >> '%s'\necho broken\nexit 1\n".formatted(starts));
    assertThat(java.toFile().setExecutable(true)).isTrue();
    String home = System.getProperty("java.home");
    System.setProperty("java.home", folder.toString());
    try (LocalWorkers workers = workers(1, List.of(List.of()))) {
      workers.start(deserted::add);
      assertThat(deserted.poll(120, TimeUnit.SECONDS))
          .hasMessageContaining("No worker could take part.")
          .hasMessageContaining("broken");
    } finally {
      System.setProperty("java.home", home);
    }
    assertThat(Files.readAllLines(starts)).hasSize(5);
    assertThat(warnings).isEmpty();
  }
}
