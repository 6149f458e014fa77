package org.finchnas.coordinator.cluster.message;

import java.util.List;

/**
 * What a worker says of itself before it knows what to do.
 *
 * @param name what people call it
 * @param host the machine
 * @param process its process id there
 * @param build version of Finch, the same in a whole cluster
 * @param devices one for all slots, or one for each
 */
public record Introduction(
    String name, String host, long process, String build, List<Device> devices) {

  private static final int MOST_DEVICES = 1024;
  private static final int LONGEST_NAME = 255;

  public Introduction {
    name = Text.line(name, LONGEST_NAME);
    host = Text.line(host, LONGEST_NAME);
    build = Text.line(build, LONGEST_NAME);
    devices = List.copyOf(devices);
    if (devices.isEmpty() || devices.size() > MOST_DEVICES) {
      throw new IllegalArgumentException(
          "A worker needs from 1 to %d devices.".formatted(MOST_DEVICES));
    }
  }

  /** Whether it trains on GPUs. */
  public boolean hasGpu() {
    return devices.get(0).gpu();
  }

  /** Memory of its largest device; 0 if not known. */
  public long largestMemory() {
    return devices.stream().mapToLong(Device::memoryBytes).max().orElse(0);
  }
}
