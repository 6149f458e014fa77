package org.finchnas.coordinator.config;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What candidates are trained with.
 *
 * @param slots processes on this machine that each train one candidate at a time; default one a
 *     core
 * @param lag candidates that may be asked for and not yet told; default 4 x slots. Decides what is
 *     found, so it is frozen when the search starts
 * @param timeoutMinutes how long a slot may go without finishing an epoch before it counts as hung;
 *     default 60
 * @param retries further attempts after a machine failed; default 2
 * @param memoryPerSlot bytes a slot may use; default 2 GiB. A candidate that would need more fails,
 *     so this is frozen too
 */
public record ExecutionConfig(
    int slots, int lag, int timeoutMinutes, int retries, long memoryPerSlot) {

  static final long MIN_MEMORY_PER_SLOT = 256L << 20;

  public ExecutionConfig {
    if (slots < 1 || lag < 1 || timeoutMinutes < 1 || retries < 0) {
      throw new IllegalArgumentException(
          "execution needs at least 1 slot (%d), a lag (%d) and timeoutMinutes (%d) of at least 1"
                  .formatted(slots, lag, timeoutMinutes)
              + " and retries (%d) of 0 or more.".formatted(retries));
    }
    if (memoryPerSlot < MIN_MEMORY_PER_SLOT) {
      throw new IllegalArgumentException(
          "memoryPerSlot (%d) must be at least %d bytes."
              .formatted(memoryPerSlot, MIN_MEMORY_PER_SLOT));
    }
  }

  /** The defaults for a machine. */
  public static ExecutionConfig defaults(int cores) {
    return new ExecutionConfig(cores, 4 * cores, 60, 2, 2L << 30);
  }

  static ExecutionConfig read(Section section) {
    ExecutionConfig defaults = defaults(Runtime.getRuntime().availableProcessors());
    int slots = section.read("slots", defaults.slots, ValueRule.integer(1));
    int lag = section.read("lag", 4 * slots, ValueRule.integer(1));
    int timeout = section.read("timeoutMinutes", defaults.timeoutMinutes, ValueRule.integer(1));
    int retries = section.read("retries", defaults.retries, ValueRule.integer(0));
    long memory =
        section.read("memoryPerSlot", defaults.memoryPerSlot, ValueRule.bytes(MIN_MEMORY_PER_SLOT));
    return section.finish(
        () -> new ExecutionConfig(slots, lag, timeout, retries, memory), defaults);
  }

  Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("slots", slots);
    settings.put("lag", lag);
    settings.put("timeoutMinutes", timeoutMinutes);
    settings.put("retries", retries);
    settings.put("memoryPerSlot", Amounts.text(memoryPerSlot));
    return settings;
  }
}
