package org.finchnas.coordinator.cluster.message;

/**
 * Work that a worker has in hand: waiting for its files, in training, or finished and not yet
 * acknowledged.
 *
 * @param key of the work
 * @param epochs done so far, or {@link #FINISHED}
 */
public record Held(String key, int epochs) {

  /** More epochs than any training has: it is over. */
  public static final int FINISHED = Integer.MAX_VALUE;

  /** Fewer epochs than any training has: it ended without a result, and another may do better. */
  public static final int FAILED = -1;

  public Held {
    Text.requireKey(key);
  }
}
