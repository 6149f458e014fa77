package org.finchnas.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.finchnas.cli.dashboard.DashboardServer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code finch dashboard}. */
@Command(
    name = "dashboard",
    description = "Serves a live page of a run: its front, candidates, workers and controls.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Ctrl-C ends the page, not the search. Over the network, better than --host is a tunnel:",
      "ssh -L 7070:localhost:7070 MACHINE"
    })
final class DashboardCommand implements Callable<Integer> {

  @Mixin private final Output output = new Output();
  @Mixin private final DashboardOptions options = new DashboardOptions();

  @Parameters(paramLabel = "RUN", description = "Folder of the run.")
  private Path path = Path.of(".");

  @Override
  public Integer call() throws IOException {
    try (DashboardServer server =
        options.start(
            path,
            () -> {
              throw new IllegalStateException("This process searches nothing.");
            })) {
      output.say("%s: %s", path, server.address());
      output.say("Ctrl-C ends the page, not the search.");
      output.answer(Map.of("run", path.toString(), "address", server.address()));
      new CountDownLatch(1).await();
      return Finch.DONE;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Finch.FAILED;
    }
  }
}
