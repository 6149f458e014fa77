package org.finchnas.benchmarks.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A Chromium without a window, spoken to by its DevTools protocol. */
final class Browser implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String LISTENING = "DevTools listening on ";
  private static final int LIMIT_SECONDS = 60;

  private final Process process;
  private final WebSocket socket;
  private final Map<Integer, CompletableFuture<JsonNode>> answers;
  private final AtomicInteger complaints;
  private final AtomicInteger numbers = new AtomicInteger();

  /** Not final: the page that is spoken to. */
  private @Nullable String session;

  private Browser(
      Process process,
      WebSocket socket,
      Map<Integer, CompletableFuture<JsonNode>> answers,
      AtomicInteger complaints) {
    this.process = process;
    this.socket = socket;
    this.answers = answers;
    this.complaints = complaints;
  }

  /**
   * Starts it.
   *
   * @param program such as {@code chromium}
   * @param folder for what it keeps
   * @throws IOException if it does not start
   */
  static Browser start(String program, Path folder) throws IOException {
    Process process =
        new ProcessBuilder(
                program,
                "--headless",
                "--no-sandbox",
                "--window-size=1280,900",
                "--remote-debugging-port=0",
                "--user-data-dir=" + folder,
                "about:blank")
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
    AtomicInteger complaints = new AtomicInteger();
    WebSocket socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .buildAsync(address(process), new Listener(answers, complaints))
            .join();
    return new Browser(process, socket, answers, complaints);
  }

  private static URI address(Process process) throws IOException {
    BufferedReader said = process.errorReader();
    for (String line = said.readLine(); line != null; line = said.readLine()) {
      if (line.startsWith(LISTENING)) {
        drain(said);
        return URI.create(line.substring(LISTENING.length()));
      }
    }
    throw new IOException("The browser did not start. Does " + process.info() + " run by hand?");
  }

  /** What it says later is of no interest, and it must not wait for a reader. */
  private static void drain(BufferedReader said) {
    Thread reader = new Thread(() -> said.lines().forEach(line -> {}), "browser-words");
    reader.setDaemon(true);
    reader.start();
  }

  /** Collects answers, which may come in parts, and counts errors and warnings of the page. */
  private static final class Listener implements WebSocket.Listener {

    private final Map<Integer, CompletableFuture<JsonNode>> answers;
    private final AtomicInteger complaints;
    private final StringBuilder text = new StringBuilder();

    Listener(Map<Integer, CompletableFuture<JsonNode>> answers, AtomicInteger complaints) {
      this.answers = answers;
      this.complaints = complaints;
    }

    @Override
    public @Nullable CompletionStage<?> onText(
        WebSocket socket, CharSequence part, boolean isLast) {
      text.append(part);
      if (isLast) {
        take(text.toString());
        text.setLength(0);
      }
      socket.request(1);
      return null;
    }

    private void take(String message) {
      try {
        JsonNode said = JSON.readTree(message);
        String method = said.path("method").asText();
        boolean bad =
            List.of("error", "warning", "assert").contains(said.at("/params/type").asText())
                || said.at("/params/entry/level").asText().equals("error");
        if (method.equals("Runtime.exceptionThrown")
            || (bad && List.of("Runtime.consoleAPICalled", "Log.entryAdded").contains(method))) {
          complaints.incrementAndGet();
        }
        CompletableFuture<JsonNode> waiting = answers.remove(said.path("id").asInt(-1));
        if (waiting != null) {
          waiting.complete(said);
        }
      } catch (IOException e) {
        throw new IllegalStateException("The browser does not speak JSON: " + message, e);
      }
    }
  }

  /** A new page, and all that follows is about it. */
  void open(String address) throws IOException {
    session = null;
    ObjectNode blank = JSON.createObjectNode().put("url", "about:blank");
    String target = send("Target.createTarget", blank).path("targetId").asText();
    ObjectNode attach = JSON.createObjectNode().put("targetId", target).put("flatten", true);
    session = send("Target.attachToTarget", attach).path("sessionId").asText();
    send("Runtime.enable", JSON.createObjectNode());
    send("Log.enable", JSON.createObjectNode());
    send("Page.enable", JSON.createObjectNode());
    send("Page.navigate", JSON.createObjectNode().put("url", address));
  }

  /** What an expression gives, after its promise if it is one. */
  JsonNode evaluate(String expression) throws IOException {
    ObjectNode parameters = JSON.createObjectNode().put("expression", expression);
    parameters.put("awaitPromise", true).put("returnByValue", true);
    JsonNode answer = send("Runtime.evaluate", parameters);
    if (answer.has("exceptionDetails")) {
      throw new IOException("The page failed: " + answer.get("exceptionDetails"));
    }
    return answer.at("/result/value");
  }

  /** Errors and warnings on the consoles of all pages. */
  int complaints() {
    return complaints.get();
  }

  private JsonNode send(String method, ObjectNode parameters) throws IOException {
    int number = numbers.incrementAndGet();
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    answers.put(number, answer);
    ObjectNode message = JSON.createObjectNode().put("id", number).put("method", method);
    message.set("params", parameters);
    if (session != null) {
      message.put("sessionId", session);
    }
    socket.sendText(message.toString(), true).join();
    JsonNode said = answer.orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS).join();
    if (said.has("error")) {
      throw new IOException("The browser refused %s: %s".formatted(method, said.get("error")));
    }
    return said.path("result");
  }

  @Override
  public void close() {
    socket.abort();
    process.destroy();
  }
}
