package org.finchnas.coordinator.slots;

import java.lang.management.ManagementFactory;
import java.util.Locale;

/**
 * How many slots a machine's memory is enough for, if each uses all it may. The number of slots
 * changes nothing that a search finds, so too many are fewer, and at least one is tried.
 *
 * @param wanted slots that were asked for
 * @param bytesPerSlot what a slot may use
 * @param machineBytes the memory of the machine, or of the container
 */
public record MemoryPlan(int wanted, long bytesPerSlot, long machineBytes) {

  private static final double GIBIBYTE = 1L << 30;

  /** What the process that searches and exports uses beside its slots: its heap and native code. */
  static final long SEARCH_BYTES = 3L << 29;

  public MemoryPlan {
    if (wanted < 1 || bytesPerSlot < 1 || machineBytes < 1) {
      throw new IllegalArgumentException(
          "A memory plan needs at least 1 slot (%d), 1 byte for each (%d) and a machine with memory (%d)."
              .formatted(wanted, bytesPerSlot, machineBytes));
    }
  }

  /** For this machine. */
  public static MemoryPlan here(int wanted, long bytesPerSlot) {
    var system =
        ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class);
    return new MemoryPlan(wanted, bytesPerSlot, system.getTotalMemorySize());
  }

  /** How many can use all they may at the same time, from 1 to what was asked for. */
  public int slots() {
    long forSlots = machineBytes - SEARCH_BYTES;
    return (int) Math.max(1, Math.min(wanted, forSlots / bytesPerSlot));
  }

  /** Whether even one slot may use more than there is. */
  public boolean isOvercommitted() {
    return bytesPerSlot + SEARCH_BYTES > machineBytes;
  }

  /** What is planned, and why it is less than was asked for. */
  @Override
  public String toString() {
    String plan =
        String.format(
            Locale.ROOT,
            "%d x %.1f GiB of %.1f GiB",
            slots(),
            bytesPerSlot / GIBIBYTE,
            machineBytes / GIBIBYTE);
    if (isOvercommitted()) {
      return plan + "; a candidate that needs more than there is will be lost";
    }
    return slots() < wanted
        ? plan
            + String.format(
                Locale.ROOT,
                "; %d slots and the search itself (%.1f GiB) would need more. Maybe lower execution.memoryPerSlot",
                wanted,
                SEARCH_BYTES / GIBIBYTE)
        : plan;
  }
}
