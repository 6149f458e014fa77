package org.finchnas.coordinator.pictures;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants of a search over their pictures.
 *
 * @param device profile that latencies are estimated with, or null for none
 * @param maxLatencyMillis what a network may take there, above 0, or null for no limit
 * @param time from the beginning to the report, at least a second
 * @param slots that train side by side, at least 1
 */
public record PictureWishes(
    @Nullable String device, @Nullable Double maxLatencyMillis, Duration time, int slots) {

  public PictureWishes {
    if (time.toSeconds() < 1 || slots < 1) {
      throw new IllegalArgumentException(
          "A search needs some time (%s) and at least 1 slot (%d).".formatted(time, slots));
    }
    if (maxLatencyMillis != null && (device == null || !(maxLatencyMillis > 0))) {
      throw new IllegalArgumentException(
          "A largest latency (%s ms) must be above 0 and of a device (%s)."
              .formatted(maxLatencyMillis, device));
    }
  }
}
