package org.finchnas.mobile.latency;

/**
 * Time of one inference, batch 1, as measured: never an estimate.
 *
 * @param device what ran it
 * @param runtime name, version and provider
 * @param threads how many threads the runtime used
 * @param warmUps inferences before the first that counts
 * @param repeats inferences that were timed
 * @param medianMillis half the repeats were faster
 * @param minimumMillis the fastest repeat, the steadier figure on a busy machine
 */
public record LatencyMeasurement(
    String device,
    String runtime,
    int threads,
    int warmUps,
    int repeats,
    double medianMillis,
    double minimumMillis) {

  public LatencyMeasurement {
    if (!(minimumMillis > 0 && medianMillis >= minimumMillis)) {
      throw new IllegalArgumentException(
          "A measured latency is above 0 and its median not below its minimum, but they are %s and"
                  .formatted(medianMillis)
              + " %s ms.".formatted(minimumMillis));
    }
  }
}
