package org.finchnas.coordinator.run;

import java.util.HashSet;
import java.util.Set;
import org.finchnas.coordinator.config.ExecutionConfig;
import org.finchnas.coordinator.config.ExecutionConfig.Order;
import org.jspecify.annotations.Nullable;

/** Which evaluation may stand in the next line of a log, after those that stand there. */
final class LogOrder {

  private final Order order;
  private final int lag;
  private final Set<Integer> numbers = new HashSet<>();

  LogOrder(ExecutionConfig execution) {
    this.order = execution.order();
    this.lag = execution.lag();
  }

  int lines() {
    return numbers.size();
  }

  /** Why this evaluation cannot be next, or null if it can. */
  @Nullable String refusal(int number) {
    return switch (order) {
      case STRICT -> number == lines() ? null : "%d should stand here".formatted(lines());
      case ARRIVAL -> refusalOfArrival(number);
    };
  }

  private @Nullable String refusalOfArrival(int number) {
    if (numbers.contains(number)) {
      return "so does a line before";
    }
    int asked = lines() + lag;
    return number < asked ? null : "only those below %d were asked for by then".formatted(asked);
  }

  /** Notes that it stands in the next line. */
  void add(int number) {
    numbers.add(number);
  }
}
