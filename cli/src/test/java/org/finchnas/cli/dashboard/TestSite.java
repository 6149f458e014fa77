package org.finchnas.cli.dashboard;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;

/** A dashboard on a port of its own, and a client that talks to it over a real socket. */
final class TestSite implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final HttpClient client = HttpClient.newHttpClient();
  private final DashboardServer server;

  private TestSite(DashboardServer server) {
    this.server = server;
  }

  static TestSite of(Path run) throws IOException {
    return of(run, TestSite::nothing, false);
  }

  static TestSite of(Path run, FinchCommand finch, boolean wantsToken) throws IOException {
    return new TestSite(
        DashboardServer.start(
            run, new DashboardServer.Site("localhost", 0, wantsToken), finch, () -> {}));
  }

  private static ProcessBuilder nothing(String... words) {
    return new ProcessBuilder("true");
  }

  String address() {
    return server.address();
  }

  int port() {
    return URI.create(server.address()).getPort();
  }

  URI at(String path) {
    return URI.create("http://localhost:%d%s".formatted(port(), path));
  }

  HttpResponse<String> get(String path, String... headers) throws Exception {
    return send(request(path, headers).GET().build());
  }

  HttpResponse<String> post(String path, String... headers) throws Exception {
    return send(request(path, headers).POST(HttpRequest.BodyPublishers.noBody()).build());
  }

  private HttpRequest.Builder request(String path, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(at(path)).timeout(LIMIT);
    return headers.length == 0 ? request : request.headers(headers);
  }

  private HttpResponse<String> send(HttpRequest request) throws Exception {
    return client.send(request, BodyHandlers.ofString());
  }

  @Override
  public void close() {
    server.close();
  }
}
