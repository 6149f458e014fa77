package org.finchnas.cli.dashboard;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.finchnas.coordinator.run.RunTail;
import org.jspecify.annotations.Nullable;

/** Serves the live page of one run until it is closed. */
public final class DashboardServer implements AutoCloseable {

  public static final String DEFAULT_HOST = "localhost";
  public static final int DEFAULT_PORT = 7070;

  private static final int TOKEN_BYTES = 20;
  private static final int MOST_REQUESTS = 64;
  private static final int BACKLOG = 64;

  private final HttpServer server;
  private final ExecutorService requests;
  private final LiveRun run;
  private final ExportJobs exports;
  private final String address;

  private DashboardServer(
      HttpServer server,
      ExecutorService requests,
      LiveRun run,
      ExportJobs exports,
      String address) {
    this.server = server;
    this.requests = requests;
    this.run = run;
    this.exports = exports;
    this.address = address;
  }

  /**
   * Where a page is served.
   *
   * @param host a name or address of this machine; all addresses for {@code 0.0.0.0}
   * @param port 0 for any that is free
   * @param wantsToken whether a token is needed on loopback, too; elsewhere it always is
   */
  public record Site(String host, int port, boolean wantsToken) {}

  /**
   * Starts serving.
   *
   * @param stopOwn stops the search of this process, if there is one
   * @throws org.finchnas.coordinator.run.RunException if there is no run in that folder, or it is
   *     damaged
   * @throws IOException if the address cannot be had; says the way out
   */
  public static DashboardServer start(Path path, Site site, FinchCommand finch, Runnable stopOwn)
      throws IOException {
    InetAddress host = InetAddress.getByName(site.host());
    LiveRun run = LiveRun.open(path);
    try {
      HttpServer server = HttpServer.create(new InetSocketAddress(host, site.port()), BACKLOG);
      int port = server.getAddress().getPort();
      boolean open = host.isLoopbackAddress() && !site.wantsToken();
      String token = open ? null : newToken();
      ExportJobs exports = new ExportJobs(path, finch);
      RunControl control = new RunControl(RunTail.of(path), finch, stopOwn, run::tell);
      ExecutorService requests = requests();
      server.createContext("/", new Routes(path, new Access(port, token), run, control, exports));
      server.setExecutor(requests);
      server.start();
      return new DashboardServer(
          server, requests, run, exports, address(host, site.host(), port, token));
    } catch (BindException e) {
      run.close();
      throw new IOException(
          "Port %d of %s cannot be had: %s. Choose another with --port, or 0 for any that is free."
              .formatted(site.port(), site.host(), e.getMessage()),
          e);
    }
  }

  private static String address(InetAddress host, String name, int port, @Nullable String token) {
    String shown = host.isAnyLocalAddress() ? localName() : name;
    String bracketed = shown.contains(":") ? "[" + shown + "]" : shown;
    return "http://%s:%d/%s".formatted(bracketed, port, token == null ? "" : "?token=" + token);
  }

  private static String localName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (IOException e) {
      // A machine that does not know its own name.
      return DEFAULT_HOST;
    }
  }

  private static String newToken() {
    byte[] bytes = new byte[TOKEN_BYTES];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** Each page that watches holds a thread; what is too much is cut off. */
  private static ExecutorService requests() {
    return new ThreadPoolExecutor(
        0,
        MOST_REQUESTS,
        1,
        TimeUnit.MINUTES,
        new SynchronousQueue<>(),
        runnable -> {
          Thread thread = new Thread(runnable, "dashboard");
          thread.setDaemon(true);
          return thread;
        });
  }

  /** What to open in a browser, with the token if there is one. */
  public String address() {
    return address;
  }

  @Override
  public void close() {
    exports.close();
    run.close();
    requests.shutdownNow();
    server.stop(0);
  }
}
