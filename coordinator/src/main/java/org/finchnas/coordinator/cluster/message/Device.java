package org.finchnas.coordinator.cluster.message;

/**
 * What a slot trains on.
 *
 * @param gpu whether it is a GPU; otherwise cores of a CPU
 * @param name as the maker calls it
 * @param memoryBytes a GPU's own memory, or what the machine has; 0 if not known
 */
public record Device(boolean gpu, String name, long memoryBytes) {

  private static final int LONGEST_NAME = 200;

  public Device {
    name = Text.line(name, LONGEST_NAME);
  }
}
