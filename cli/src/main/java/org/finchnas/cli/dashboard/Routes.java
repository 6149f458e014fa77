package org.finchnas.cli.dashboard;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.finchnas.cli.view.ModelFiles;
import org.finchnas.cli.view.RunMetrics;
import org.jspecify.annotations.Nullable;

/** Which path gives what. */
final class Routes implements HttpHandler {

  private static final Pattern CANDIDATE =
      Pattern.compile("/api/candidates/(\\d{1,9})(/cells\\.svg|/export)?");
  private static final Pattern MODEL = Pattern.compile("/models/([^/]+)/([^/]+)");
  private static final Pattern CONTROL = Pattern.compile("/api/control/([a-z]+)");

  private final Path path;
  private final Access access;
  private final LiveRun run;
  private final EventStream events;
  private final RunControl control;
  private final ExportJobs exports;

  Routes(Path path, Access access, LiveRun run, RunControl control, ExportJobs exports) {
    this.path = path;
    this.access = access;
    this.run = run;
    this.events = new EventStream(run);
    this.control = control;
    this.exports = exports;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Access.HEADERS.forEach(exchange.getResponseHeaders()::set);
      Optional<Answer> refusal = access.check(exchange);
      if (refusal.isPresent()) {
        send(exchange, refusal.get());
      } else if (isEvents(exchange)) {
        events.serve(exchange, place(exchange));
      } else {
        send(exchange, answer(exchange));
      }
    }
  }

  private static boolean isEvents(HttpExchange exchange) {
    return exchange.getRequestMethod().equals("GET")
        && exchange.getRequestURI().getPath().equals("/api/events");
  }

  /** Where it was cut off, or else where the page was loaded. */
  private static EventStream.Place place(HttpExchange exchange) {
    String last = exchange.getRequestHeaders().getFirst("Last-Event-ID");
    String query = exchange.getRequestURI().getQuery();
    String from = query != null && query.startsWith("after=") ? query.substring(6) : "";
    return EventStream.Place.of(last == null ? from : last);
  }

  private Answer answer(HttpExchange exchange) {
    String method = exchange.getRequestMethod();
    String asked = exchange.getRequestURI().getPath();
    try {
      Optional<Answer> answer =
          switch (method) {
            case "GET", "HEAD" -> get(asked);
            case "POST" -> post(asked);
            default ->
                Optional.of(
                    Answer.text(Answer.NOT_ALLOWED, "GET and POST are known.")
                        .with("Allow", "GET, HEAD, POST"));
          };
      return answer.orElseGet(() -> Answer.text(Answer.NOT_FOUND, "There is nothing here."));
    } catch (IOException | RuntimeException e) {
      return Answer.text(Answer.FAILED, "Finch failed at this: " + e.getMessage());
    }
  }

  private Optional<Answer> get(String asked) throws IOException {
    Matcher candidate = CANDIDATE.matcher(asked);
    if (candidate.matches()) {
      return candidate(Integer.parseInt(candidate.group(1)), candidate.group(2));
    }
    Matcher model = MODEL.matcher(asked);
    if (model.matches()) {
      return model(model.group(1), model.group(2));
    }
    return switch (asked) {
      case "/api/run" -> Optional.of(all());
      case "/metrics" -> Optional.of(metrics());
      case "/export/evaluations.jsonl" ->
          Optional.of(
              Answer.download(
                  "evaluations.jsonl",
                  "application/jsonl",
                  Files.readAllBytes(path.resolve("evaluations.jsonl"))));
      case "/export/evaluations.csv" -> Optional.of(csv("evaluations.csv", run.now().view().csv()));
      case "/export/pareto.csv" -> Optional.of(csv("pareto.csv", run.now().view().frontCsv()));
      default -> PageFiles.find(asked);
    };
  }

  private Answer metrics() {
    String text = run.metrics();
    return Answer.of(Answer.OK, RunMetrics.CONTENT_TYPE, text.getBytes(StandardCharsets.UTF_8));
  }

  private static Answer csv(String name, String text) {
    return Answer.download(name, "text/csv; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
  }

  /** Joined by hand: the lines are JSON already. */
  private Answer all() {
    LiveRun.Moment moment = run.now();
    String json =
        "{\"run\":%s,\"status\":%s,\"place\":\"%s\",\"candidates\":[%s]}"
            .formatted(
                Answer.write(moment.view().head()),
                moment.status(),
                new EventStream.Place(moment.generation(), moment.lines().size()),
                String.join(",", moment.lines()));
    return Answer.of(Answer.OK, "application/json", json.getBytes(StandardCharsets.UTF_8));
  }

  private Optional<Answer> candidate(int number, @Nullable String part) {
    if (part == null) {
      return run.now()
          .view()
          .details(number)
          .map(details -> Answer.json(withExport(number, details)));
    }
    return part.equals("/export")
        ? Optional.empty()
        : run.now()
            .view()
            .drawing(number)
            .map(
                svg -> Answer.of(Answer.OK, "image/svg+xml", svg.getBytes(StandardCharsets.UTF_8)));
  }

  private Map<String, Object> withExport(int number, Map<String, Object> details) {
    Map<String, Object> json = new LinkedHashMap<>(details);
    json.put("export", exports.json(number));
    return json;
  }

  private Optional<Answer> model(String folder, String name) throws IOException {
    Optional<Path> file = new ModelFiles(path).find(folder, name);
    return file.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Answer.download(name, "application/octet-stream", Files.readAllBytes(file.get())));
  }

  private Optional<Answer> post(String asked) {
    Matcher action = CONTROL.matcher(asked);
    if (action.matches()) {
      return Optional.of(control.perform(action.group(1)));
    }
    Matcher candidate = CANDIDATE.matcher(asked);
    if (candidate.matches() && "/export".equals(candidate.group(2))) {
      int number = Integer.parseInt(candidate.group(1));
      return run.now()
          .view()
          .details(number)
          .map(details -> exports.begin(number, String.valueOf(details.get("id"))));
    }
    return Optional.empty();
  }

  static void send(HttpExchange exchange, Answer answer) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", answer.type());
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    answer.headers().forEach(exchange.getResponseHeaders()::set);
    boolean bodiless = exchange.getRequestMethod().equals("HEAD") || answer.body().length == 0;
    exchange.sendResponseHeaders(answer.status(), bodiless ? -1 : answer.body().length);
    if (!bodiless) {
      try (OutputStream out = exchange.getResponseBody()) {
        out.write(answer.body());
      }
    }
  }
}
