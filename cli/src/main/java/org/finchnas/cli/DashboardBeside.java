package org.finchnas.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.finchnas.cli.dashboard.DashboardServer;
import org.finchnas.cli.dashboard.DashboardServer.Site;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A live page beside a search, served by its own process. */
final class DashboardBeside {

  private static final int TERMINATED = 128 + 15;

  @Option(
      names = "--dashboard",
      description = "Serve a live page of the run beside the search, for this machine.")
  private boolean wanted;

  @Option(
      names = "--dashboard-host",
      paramLabel = "HOST",
      description = "The same at this name or address of the machine, with a token.")
  private @Nullable String host;

  @Option(
      names = "--dashboard-port",
      paramLabel = "PORT",
      description =
          "The same at this port; default: "
              + DashboardServer.DEFAULT_PORT
              + ", or any that is free if it is taken.")
  private @Nullable Integer port;

  /** What is served, until it is closed. */
  interface Page extends AutoCloseable {
    @Override
    void close();
  }

  /** Serves it if it is wanted; that it cannot be is no reason to search less. */
  Page serve(Path run, Output output) {
    if (!wanted && host == null && port == null) {
      return () -> {};
    }
    try {
      DashboardServer server = start(run);
      output.warn("Dashboard: %s", server.address());
      return server::close;
    } catch (IOException | RuntimeException e) {
      output.warn("There is no dashboard: %s The search goes on without.", Failures.message(e));
      return () -> {};
    }
  }

  private DashboardServer start(Path run) throws IOException {
    if (port != null) {
      return start(run, port);
    }
    try {
      return start(run, DashboardServer.DEFAULT_PORT);
    } catch (IOException taken) {
      return start(run, 0);
    }
  }

  private DashboardServer start(Path run, int at) throws IOException {
    Site site = new Site(host == null ? DashboardServer.DEFAULT_HOST : host, at, false);
    return DashboardServer.start(run, site, FinchStart::of, DashboardBeside::stop);
  }

  /** As SIGTERM does: the search stops cleanly and says how to go on. */
  private static void stop() {
    new Thread(() -> System.exit(TERMINATED), "stop").start();
  }
}
