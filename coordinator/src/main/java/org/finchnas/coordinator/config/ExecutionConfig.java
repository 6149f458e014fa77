package org.finchnas.coordinator.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What candidates are trained with.
 *
 * @param slots processes on this machine that each train one candidate at a time; default one a
 *     core, or one a GPU; at most {@link #MOST_SLOTS_PER_CORE} a core
 * @param lag candidates that may be asked for and not yet told; default 4 x slots. Decides what is
 *     found, so it is frozen when the search starts
 * @param order in which results are told; default strict. Frozen likewise
 * @param timeoutMinutes how long a slot may go without finishing an epoch before it counts as hung;
 *     default 60
 * @param retries further attempts after a machine failed; default 2
 * @param memoryPerSlot bytes a slot may use; default 2 GiB. A candidate that would need more fails,
 *     so this is frozen too
 * @param maxSteps training steps a candidate may take; default 0 for no limit. Frozen likewise
 */
public record ExecutionConfig(
    int slots,
    int lag,
    Order order,
    int timeoutMinutes,
    int retries,
    long memoryPerSlot,
    long maxSteps) {

  /**
   * A training keeps one core busy, so more slots only take memory and time from each other; a few
   * more than cores are let pass for those who want to see that.
   */
  public static final int MOST_SLOTS_PER_CORE = 4;

  static final long MIN_MEMORY_PER_SLOT = 512L << 20;

  /** In which order results are told, whatever order they come in. */
  public enum Order {
    /** By the candidates' numbers: what is found does not depend on how fast machines are. */
    STRICT,
    /** As they arrive: no slot waits for a slow one, and the log says what the order was. */
    ARRIVAL
  }

  public ExecutionConfig {
    if (slots < 1 || lag < 1 || timeoutMinutes < 1 || retries < 0) {
      throw new IllegalArgumentException(
          "execution needs at least 1 slot (%d), a lag (%d) and timeoutMinutes (%d) of at least 1"
                  .formatted(slots, lag, timeoutMinutes)
              + " and retries (%d) of 0 or more.".formatted(retries));
    }
    if (maxSteps < 0) {
      throw new IllegalArgumentException(
          "maxSteps (%d) must be 0 (no limit) or more.".formatted(maxSteps));
    }
    if (memoryPerSlot < MIN_MEMORY_PER_SLOT) {
      throw new IllegalArgumentException(
          "memoryPerSlot (%d) must be at least %d bytes."
              .formatted(memoryPerSlot, MIN_MEMORY_PER_SLOT));
    }
  }

  /** The defaults for a machine. */
  public static ExecutionConfig defaults(int cores) {
    return new ExecutionConfig(cores, 4 * cores, Order.STRICT, 60, 2, 2L << 30, 0);
  }

  /** How many slots a machine with so many cores gets: fewer where those asked for are too many. */
  public int slotsOn(int cores) {
    return Math.min(slots, MOST_SLOTS_PER_CORE * cores);
  }

  /**
   * @param defaultSlots what this machine trains best with
   * @param recorded whether it was accepted before, perhaps by a machine with more cores
   */
  static ExecutionConfig read(Section section, int defaultSlots, boolean recorded) {
    ExecutionConfig defaults = defaults(defaultSlots);
    int cores = Runtime.getRuntime().availableProcessors();
    int slots =
        section.read(
            "slots",
            defaults.slots,
            ValueRule.integer(1),
            recorded ? any -> {} : most(cores, defaultSlots));
    int lag = section.read("lag", 4 * slots, ValueRule.integer(1));
    Order order = section.read("order", defaults.order, ValueRule.oneOf(Order.class));
    int timeout = section.read("timeoutMinutes", defaults.timeoutMinutes, ValueRule.integer(1));
    int retries = section.read("retries", defaults.retries, ValueRule.integer(0));
    long memory =
        section.read("memoryPerSlot", defaults.memoryPerSlot, ValueRule.bytes(MIN_MEMORY_PER_SLOT));
    int maxSteps = section.read("maxSteps", 0, ValueRule.integer(0));
    return section.finish(
        () -> new ExecutionConfig(slots, lag, order, timeout, retries, memory, maxSteps), defaults);
  }

  private static Consumer<Integer> most(int cores, int defaultSlots) {
    return slots -> {
      if (slots > Math.max(defaultSlots, MOST_SLOTS_PER_CORE * cores)) {
        throw new IllegalArgumentException(
            "slots (%d) must be at most %d, %d for each core of this machine. Maybe leave it out: the default is one a core, %d."
                .formatted(slots, MOST_SLOTS_PER_CORE * cores, MOST_SLOTS_PER_CORE, cores));
      }
    };
  }

  Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("slots", slots);
    settings.put("lag", lag);
    settings.put("order", ValueRule.word(order));
    settings.put("timeoutMinutes", timeoutMinutes);
    settings.put("retries", retries);
    settings.put("memoryPerSlot", Amounts.text(memoryPerSlot));
    settings.put("maxSteps", maxSteps);
    return settings;
  }
}
