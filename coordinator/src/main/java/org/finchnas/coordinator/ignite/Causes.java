package org.finchnas.coordinator.ignite;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What went wrong inside Ignite. */
final class Causes {

  private Causes() {}

  /** The messages of a failure and of all that it came from, the innermost last. */
  static List<String> all(Throwable failure) {
    Set<String> messages = new LinkedHashSet<>();
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      messages.add(String.valueOf(cause.getMessage()));
      for (Throwable beside : cause.getSuppressed()) {
        messages.add(String.valueOf(beside.getMessage()));
      }
    }
    return List.copyOf(messages);
  }
}
