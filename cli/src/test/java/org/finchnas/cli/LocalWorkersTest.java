package org.finchnas.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
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
    Endpoint nobody = Endpoint.free("127.0.0.1");
    return new LocalWorkers(
        nobody, "token", folder, List.of(List.of(), List.of()), slots, folder, warnings::add);
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
}
