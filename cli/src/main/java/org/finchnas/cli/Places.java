package org.finchnas.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where things lie on this machine, from the environment. */
final class Places {
  private Places() {}

  /** Where published data sets lie: the option, else {@code FINCH_DATA}, else nowhere. */
  static @Nullable Path dataDirectory(@Nullable Path option) {
    String variable = System.getenv("FINCH_DATA");
    return option != null || variable == null || variable.isBlank() ? option : Path.of(variable);
  }

  /** Where decoded images are kept: {@code FINCH_CACHE}, else the user's cache. */
  static Path cacheDirectory() {
    String own = System.getenv("FINCH_CACHE");
    if (own != null && !own.isBlank()) {
      return Path.of(own);
    }
    String cache = System.getenv("XDG_CACHE_HOME");
    Path base =
        cache == null || cache.isBlank()
            ? Path.of(System.getProperty("user.home"), ".cache")
            : Path.of(cache);
    return base.resolve("finch");
  }

  /** What this machine is called in records. */
  static String host() {
    String name = System.getenv("HOSTNAME");
    return name == null || name.isBlank() ? "localhost" : name;
  }

  /** Where runs land unless told otherwise: {@code results} under Finch's own folder. */
  static Path results() {
    return Path.of(System.getProperty("finch.home", ".")).resolve("results");
  }
}
