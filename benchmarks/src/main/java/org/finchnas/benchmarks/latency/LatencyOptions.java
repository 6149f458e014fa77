package org.finchnas.benchmarks.latency;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What the benchmark was asked for.
 *
 * @param data folder of published files, {@code FINCH_DATA}
 * @param write where the fitted profiles go; null to write none
 */
record LatencyOptions(Path data, boolean json, @Nullable Path write) {

  private static final String PUBLISHED = "published";

  static LatencyOptions of(String[] arguments) {
    Path data = Path.of(System.getenv().getOrDefault("FINCH_DATA", "."));
    boolean json = false;
    Path write = null;
    for (int i = 0; i < arguments.length; i++) {
      switch (arguments[i]) {
        case "--json" -> json = true;
        case "--part" -> requirePart(arguments[++i]);
        case "--data-dir" -> data = Path.of(arguments[++i]);
        case "--write" -> write = Path.of(arguments[++i]);
        default ->
            throw new IllegalArgumentException(
                "There is no option %s. Known are --part %s, --data-dir DIR, --write DIR, --json."
                    .formatted(arguments[i], PUBLISHED));
      }
    }
    return new LatencyOptions(data.toAbsolutePath(), json, write);
  }

  private static void requirePart(String part) {
    if (!part.equals(PUBLISHED)) {
      throw new IllegalArgumentException(
          "There is no part %s, only %s.".formatted(part, PUBLISHED));
    }
  }
}
