package org.finchnas.benchmarks.latency;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What the benchmark was asked for.
 *
 * @param part what is estimated: published latencies, or those of this machine
 * @param data folder of published files, {@code FINCH_DATA}
 * @param write where the fitted profiles go; null to write none
 */
record LatencyOptions(String part, Path data, boolean json, @Nullable Path write) {

  static final String PUBLISHED = "published";
  static final String HOST = "host";

  static LatencyOptions of(String[] arguments) {
    Path data = Path.of(System.getenv().getOrDefault("FINCH_DATA", "."));
    boolean json = false;
    String part = PUBLISHED;
    Path write = null;
    for (int i = 0; i < arguments.length; i++) {
      switch (arguments[i]) {
        case "--json" -> json = true;
        case "--part" -> part = requirePart(arguments[++i]);
        case "--data-dir" -> data = Path.of(arguments[++i]);
        case "--write" -> write = Path.of(arguments[++i]);
        default ->
            throw new IllegalArgumentException(
                "There is no option %s. Known are --part %s|%s, --data-dir DIR, --write DIR, --json."
                    .formatted(arguments[i], PUBLISHED, HOST));
      }
    }
    return new LatencyOptions(part, data.toAbsolutePath(), json, write);
  }

  private static String requirePart(String part) {
    if (!part.equals(PUBLISHED) && !part.equals(HOST)) {
      throw new IllegalArgumentException(
          "There is no part %s, only %s and %s.".formatted(part, PUBLISHED, HOST));
    }
    return part;
  }
}
