package org.finchnas.coordinator.ignite;

import java.util.LinkedHashSet;
import java.util.Set;

/** What went wrong inside Ignite, in one line. */
final class Causes {

  private Causes() {}

  /** The messages of a failure and all that it came from. */
  static String of(Throwable failure) {
    Set<String> messages = new LinkedHashSet<>();
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      messages.add(String.valueOf(cause.getMessage()));
    }
    return String.join(" / ", messages);
  }
}
