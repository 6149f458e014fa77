package org.finchnas.coordinator.cluster.worker;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.finchnas.coordinator.cluster.message.Introduction;
import org.finchnas.coordinator.cluster.message.Reply;
import org.finchnas.coordinator.cluster.message.Reply.Welcome;
import org.finchnas.coordinator.cluster.message.Request;
import org.jspecify.annotations.Nullable;

/**
 * Says hello to whatever coordinator is there.
 *
 * @param worker names the worker's process
 */
record Greeting(
    Coordinator coordinator, String worker, Introduction introduction, WorkerListener listener) {

  private static final Duration PAUSE = Duration.ofSeconds(1);

  /** Of why there is no coordinator, while there is none. */
  private static final int MOST_REASONS = 10;

  /** What there is to do, or null if that is over before anybody said. */
  @Nullable Welcome repeat(BooleanSupplier isOver, Pause pause) throws InterruptedException {
    Set<String> told = new HashSet<>();
    while (!isOver.getAsBoolean()) {
      try {
        Welcome welcome = once();
        if (welcome != null) {
          return welcome;
        }
      } catch (LinkException e) {
        if (told.size() < MOST_REASONS && told.add(e.getMessage())) {
          listener.said(
              "No coordinator (%s). Trying until there is one…".formatted(e.getMessage()));
        }
      }
      pause.of(PAUSE.toMillis());
    }
    return null;
  }

  /**
   * What there is to do, or null if nobody says.
   *
   * @throws LinkException if nobody is there
   */
  @Nullable Welcome once() throws LinkException {
    Reply reply = coordinator.ask(new Request.Hello(worker, introduction));
    return reply instanceof Welcome welcome ? welcome : null;
  }
}
