package org.finchnas.coordinator.slots;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How slots are run; changes nothing that a search finds.
 *
 * @param slots processes, each training one candidate at a time
 * @param retries further attempts after a slot was lost with a candidate
 * @param silence how long a slot may go without a message before it counts as hung and is killed
 * @param logDirectory where each slot's standard error goes, {@code slot-0.log} and so on
 * @param host the name of this machine, for the record
 */
public record SlotPoolParams(
    int slots, int retries, Duration silence, Path logDirectory, String host) {

  public static final int DEFAULT_RETRIES = 2;

  public SlotPoolParams {
    if (slots < 1 || retries < 0 || silence.isNegative() || silence.isZero()) {
      throw new IllegalArgumentException(
          "A slot pool needs at least 1 slot (%d), 0 or more retries (%d) and a silence (%s) above 0."
              .formatted(slots, retries, silence));
    }
  }
}
