package org.finchnas.coordinator.slots;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How slots are run; changes nothing that a search finds.
 *
 * @param slots processes, each training one candidate at a time
 * @param retries further attempts after a slot was lost with a candidate
 * @param start how long a slot may take from its start to its first message before it counts as
 *     hung; long enough to unpack native libraries and to train a little on a busy machine
 * @param silence how long a slot may go without a further message before it counts as hung and is
 *     killed
 * @param logDirectory where each slot's standard error goes, {@code slot-0.log} and so on
 * @param host the name of this machine, for the record
 */
public record SlotPoolParams(
    int slots, int retries, Duration start, Duration silence, Path logDirectory, String host) {

  public static final Duration DEFAULT_START = Duration.ofMinutes(3);

  /** Proxies take seconds where a training takes hours. */
  static final Duration LONGEST_SCORE = Duration.ofMinutes(3);

  public SlotPoolParams {
    if (slots < 1 || retries < 0 || !isPositive(start) || !isPositive(silence)) {
      throw new IllegalArgumentException(
          "A slot pool needs at least 1 slot (%d), 0 or more retries (%d), a start (%s) and a silence (%s) above 0."
              .formatted(slots, retries, start, silence));
    }
  }

  /** How long a slot may compute proxies before it counts as hung and is killed. */
  Duration scoreSilence() {
    return silence.compareTo(LONGEST_SCORE) < 0 ? silence : LONGEST_SCORE;
  }

  private static boolean isPositive(Duration time) {
    return time.compareTo(Duration.ZERO) > 0;
  }
}
