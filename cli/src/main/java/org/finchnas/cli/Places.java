package org.finchnas.cli;

import java.nio.file.Path;
import java.util.regex.Pattern;
import org.finchnas.mobile.latency.profile.DeviceProfiles;
import org.jspecify.annotations.Nullable;

/** Where things lie on this machine, from the environment. */
final class Places {
  private static final Pattern PLAIN_WORD = Pattern.compile("[A-Za-z0-9._/@:=,+-]+");

  private Places() {}

  /** Where published data sets lie: the option, else {@code FINCH_DATA}, else the cache. */
  static Path dataDirectory(@Nullable Path option) {
    if (option != null) {
      return option;
    }
    String variable = System.getenv("FINCH_DATA");
    return variable == null || variable.isBlank()
        ? cacheDirectory().resolve("published")
        : Path.of(variable);
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

  /** A command that a person can paste: Finch as it was called, then words, quoted if need be. */
  static String command(Object... words) {
    StringBuilder command = new StringBuilder(System.getProperty("finch.command", "finch"));
    for (Object word : words) {
      String text = word.toString();
      boolean plain = PLAIN_WORD.matcher(text).matches();
      command.append(' ').append(plain ? text : "'" + text.replace("'", "'\\''") + "'");
    }
    return command.toString();
  }

  /** Where device profiles lie: {@code configs/devices} under Finch's own folder. */
  static DeviceProfiles devices() {
    return new DeviceProfiles(Path.of(System.getProperty("finch.home", "."), "configs", "devices"));
  }

  /** Where runs land unless told otherwise: {@code results} under Finch's own folder. */
  static Path results() {
    return Path.of(System.getProperty("finch.home", ".")).resolve("results");
  }
}
