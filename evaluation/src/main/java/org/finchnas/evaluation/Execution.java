package org.finchnas.evaluation;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where and when a candidate was trained: all that may differ between two equal searches.
 *
 * @param numericClass what it was computed as, where a search mixes several; else null
 */
public record Execution(
    String host, long process, Instant started, Duration took, @Nullable String numericClass) {

  /** In a search whose machines all compute alike. */
  public Execution(String host, long process, Instant started, Duration took) {
    this(host, process, started, took, null);
  }

  Execution computedAs(String other) {
    return new Execution(host, process, started, took, other);
  }
}
