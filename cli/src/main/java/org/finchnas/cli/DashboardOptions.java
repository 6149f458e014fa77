package org.finchnas.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.finchnas.cli.dashboard.DashboardServer;
import org.finchnas.cli.dashboard.DashboardServer.Site;
import picocli.CommandLine.Option;

/** Where a live page is served. */
final class DashboardOptions {

  @Option(
      names = "--host",
      paramLabel = "HOST",
      defaultValue = DashboardServer.DEFAULT_HOST,
      description = {
        "Name or address of this machine to serve at; default: ${DEFAULT-VALUE},",
        "for this machine alone. Elsewhere the page needs a token."
      })
  private String host = DashboardServer.DEFAULT_HOST;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "" + DashboardServer.DEFAULT_PORT,
      description = "Default: ${DEFAULT-VALUE}; 0 for any that is free.")
  private int port = DashboardServer.DEFAULT_PORT;

  @Option(
      names = "--token",
      description = "Need a token on this machine, too: it may have other users.")
  private boolean token;

  /**
   * @param stopOwn stops the search of this process
   */
  DashboardServer start(Path run, Runnable stopOwn) throws IOException {
    if (port < 0 || port > 65_535) {
      throw new InputException("--port (%d) must be from 0 to 65535.".formatted(port));
    }
    return DashboardServer.start(run, new Site(host, port, token), FinchStart::of, stopOwn);
  }
}
