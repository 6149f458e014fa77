package org.finchnas.cli.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.finchnas.cli.view.GeneratedRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who gets what of a page, over real sockets. */
class AccessTest {

  private final Path folder;
  private final Path run;

  AccessTest(@TempDir Path folder) {
    this.folder = folder;
    this.run = folder.resolve("run");
  }

  @BeforeEach
  void write() {
    GeneratedRun.write(run, 40, GeneratedRun.told(30, 1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "evil.example:80",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "10.0.0.1",
        "localhost:80:80",
        ""
      })
  void aNameThatIsNotThisMachineIsRefused(String host) throws Exception {
    try (TestSite site = TestSite.of(run)) {
      String answer = RawRequest.send(site.port(), "GET /api/run HTTP/1.1", "Host: " + host);
      assertThat(answer).startsWith("HTTP/1.1 4").doesNotContain("\"candidates\"");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "127.0.0.1:9000", "[::1]:7070", "localhost:1"})
  void everyNameOfLoopbackMayBeUsedAlsoThroughATunnel(String host) throws Exception {
    try (TestSite site = TestSite.of(run)) {
      assertThat(RawRequest.send(site.port(), "GET /api/run HTTP/1.1", "Host: " + host))
          .startsWith("HTTP/1.1 200");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Origin: https://evil.example",
        "Origin: null",
        "Origin: http://localhost:1",
        "Sec-Fetch-Site: cross-site",
        "Sec-Fetch-Site: same-site"
      })
  void whatAnotherSiteMakesABrowserSendIsRefused(String header) throws Exception {
    try (TestSite site = TestSite.of(run)) {
      String host = "Host: localhost:" + site.port();
      for (String line :
          new String[] {
            "GET /api/run", "GET /api/events", "GET /export/pareto.csv", "POST /api/control/stop"
          }) {
        assertThat(
                RawRequest.send(
                    site.port(), line + " HTTP/1.1", host, header, "Finch-Dashboard: 1"))
            .as(line)
            .startsWith("HTTP/1.1 403")
            .doesNotContain("\"candidates\"");
      }
    }
  }

  @Test
  void aLinkElsewhereMayLeadToThePage() throws Exception {
    try (TestSite site = TestSite.of(run)) {
      assertThat(
              RawRequest.send(
                  site.port(),
                  "GET / HTTP/1.1",
                  "Host: localhost",
                  "Sec-Fetch-Site: cross-site",
                  "Sec-Fetch-Dest: document"))
          .startsWith("HTTP/1.1 200");
    }
  }

  @Test
  void whatChangesSomethingNeedsAHeaderThatNoForeignPageCanSend() throws Exception {
    try (TestSite site = TestSite.of(run)) {
      assertThat(site.post("/api/control/pause").statusCode()).isEqualTo(403);
      assertThat(site.post("/api/control/pause", "Finch-Dashboard", "1").statusCode())
          .isEqualTo(409);
      assertThat(site.get("/api/control/stop", "Finch-Dashboard", "1").statusCode()).isEqualTo(404);
    }
  }

  @Test
  void noPageOfAnotherSiteMayFrameItAndNoScriptButItsOwnRuns() throws Exception {
    try (TestSite site = TestSite.of(run)) {
      HttpResponse<String> page = site.get("/");
      assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
          .contains("default-src 'self'")
          .contains("frame-ancestors 'none'")
          .doesNotContain("unsafe");
      assertThat(page.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
      assertThat(page.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
      assertThat(page.body())
          .doesNotContain("<script>")
          .doesNotContain("//")
          .doesNotContainPattern("\\son[a-z]+=");
    }
  }

  @Test
  void withATokenNothingIsGivenToWhoDoesNotShowIt() throws Exception {
    try (TestSite site = TestSite.of(run, words -> new ProcessBuilder("true"), true)) {
      String token = URI.create(site.address()).getQuery().substring("token=".length());
      assertThat(token).hasSizeGreaterThanOrEqualTo(32);
      for (String path : new String[] {"/", "/api/run", "/app.js", "/api/events", "/?token=x"}) {
        assertThat(site.get(path).statusCode()).as(path).isEqualTo(403);
      }
      assertThat(site.get("/api/run", "Authorization", "Bearer " + token).statusCode())
          .isEqualTo(200);
      assertThat(site.get("/api/run", "Authorization", "Bearer " + token + "0").statusCode())
          .isEqualTo(403);
      HttpResponse<String> welcome = site.get("/?token=" + token);
      assertThat(welcome.statusCode()).isEqualTo(303);
      String cookie = welcome.headers().firstValue("Set-Cookie").orElseThrow();
      assertThat(cookie).contains("HttpOnly").contains("SameSite=Strict");
      assertThat(welcome.headers().firstValue("Location")).contains("/");
      String pair = cookie.substring(0, cookie.indexOf(';'));
      assertThat(site.get("/api/run", "Cookie", "other=1; " + pair).statusCode()).isEqualTo(200);
      assertThat(
              site.get("/api/run", "Cookie", pair.toUpperCase(java.util.Locale.ROOT)).statusCode())
          .isEqualTo(403);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/models/../config.yaml",
        "/models/%2e%2e/config.yaml",
        "/models/..%2f..%2fsecret/x",
        "/models/abc/..",
        "/models/abc/../../config.yaml",
        "/models/abc/%2e%2e%2fx",
        "/models/abc/.hidden",
        "/models/abc/link",
        "/models/linked/secret",
        "/models/abc/folder",
        "/config.yaml",
        "/../../etc/passwd",
        "//etc/passwd",
        "/api/candidates/99999",
        "/api/candidates/-1",
        "/api/candidates/99999999999999",
        "/api/candidates/1/../../run",
      })
  void nothingButTheFilesOfItsModelsIsGivenOut(String path) throws Exception {
    Path models = Files.createDirectories(run.resolve("models").resolve("abc"));
    Files.createDirectories(models.resolve("folder"));
    Files.writeString(models.resolve(".hidden"), "hidden");
    Path secret = Files.createDirectories(folder.resolve("elsewhere")).resolve("secret");
    Files.writeString(secret, "a secret");
    Files.createSymbolicLink(models.resolve("link"), secret);
    Files.createSymbolicLink(run.resolve("models").resolve("linked"), secret.getParent());
    Files.writeString(models.resolve("model.onnx"), "a model");
    try (TestSite site = TestSite.of(run)) {
      assertThat(site.get("/models/abc/model.onnx").body()).isEqualTo("a model");
      String answer = RawRequest.send(site.port(), "GET " + path + " HTTP/1.1", "Host: localhost");
      assertThat(answer).startsWith("HTTP/1.1 4").doesNotContain("secret\n").doesNotContain("seed");
    }
  }

  @Test
  void methodsThatItDoesNotKnowAreRefused() throws Exception {
    try (TestSite site = TestSite.of(run)) {
      assertThat(
              RawRequest.send(
                  site.port(), "DELETE /api/run HTTP/1.1", "Host: localhost", "Finch-Dashboard: 1"))
          .startsWith("HTTP/1.1 405");
      assertThat(RawRequest.send(site.port(), "HEAD / HTTP/1.1", "Host: localhost"))
          .startsWith("HTTP/1.1 200")
          .endsWith("\r\n\r\n");
    }
  }
}
