package org.finchnas.cli.dashboard;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What changes, as server-sent events: {@code told} with the lines of new evaluations, {@code
 * status}, and {@code anew} when the page must be loaded again. The id of an event is the
 * generation and the count of evaluations, so a browser that was cut off goes on where it was.
 */
final class EventStream {

  /** So that a client that is gone is noticed. */
  private static final Duration HEARTBEAT = Duration.ofSeconds(10);

  private static final int MOST_STREAMS = 32;

  private final LiveRun run;
  private final AtomicInteger streams = new AtomicInteger();

  EventStream(LiveRun run) {
    this.run = run;
  }

  /** Where a client is: what it has seen of which generation. */
  record Place(int generation, int lines) {

    /** Reads {@link #toString}; what is none is the beginning of no generation, and begins anew. */
    static Place of(String text) {
      String[] parts = text.split("-", -1);
      boolean proper = text.matches("\\d{1,9}-\\d{1,9}");
      return proper
          ? new Place(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]))
          : new Place(-1, 0);
    }

    @Override
    public String toString() {
      return generation + "-" + lines;
    }
  }

  /** Sends until the client is gone or this thread is interrupted. */
  void serve(HttpExchange exchange, Place from) throws IOException {
    if (streams.incrementAndGet() > MOST_STREAMS) {
      streams.decrementAndGet();
      Routes.send(exchange, Answer.text(Answer.BUSY, "Too many pages watch this run."));
      return;
    }
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    exchange.sendResponseHeaders(Answer.OK, 0);
    try (OutputStream out = exchange.getResponseBody()) {
      send(out, from);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      streams.decrementAndGet();
    }
  }

  private void send(OutputStream out, Place from) throws IOException, InterruptedException {
    Place place = from;
    LiveRun.Moment moment = run.now();
    String status = "";
    while (true) {
      if (place.generation() != moment.generation() || place.lines() > moment.lines().size()) {
        write(out, "event: anew\ndata: {}\n\n");
        return;
      }
      StringBuilder events = new StringBuilder();
      if (place.lines() < moment.lines().size()) {
        List<String> more = moment.lines().subList(place.lines(), moment.lines().size());
        place = new Place(moment.generation(), moment.lines().size());
        events.append(
            "id: %s\nevent: told\ndata: [%s]\n\n".formatted(place, String.join(",", more)));
      }
      if (!status.equals(moment.status())) {
        status = moment.status();
        events.append("event: status\ndata: ").append(status).append("\n\n");
      }
      write(out, events.isEmpty() ? ": still here\n\n" : events.toString());
      moment = run.after(moment.version(), HEARTBEAT);
    }
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }
}
