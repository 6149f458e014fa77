package org.finchnas.mobile.latency;

import java.util.Arrays;

/**
 * Times inferences on this machine, one after the other on the calling thread.
 *
 * @param device what to call this machine in the result
 * @param warmUps inferences that are not timed: the first ones take memory and fill caches
 * @param repeats inferences that are timed
 */
public record LatencyMeter(String device, int warmUps, int repeats) {

  public LatencyMeter {
    if (warmUps < 0 || repeats < 1) {
      throw new IllegalArgumentException(
          "A latency is measured with at least 0 warm-ups (%d) and 1 repeat (%d)."
              .formatted(warmUps, repeats));
    }
  }

  /** The usual 20 warm-ups and 100 repeats. */
  public static LatencyMeter of(String device) {
    return new LatencyMeter(device, 20, 100);
  }

  /**
   * @param runtime what runs the inference
   * @param threads how many threads it uses
   */
  public LatencyMeasurement measure(Inference inference, String runtime, int threads) {
    for (int i = 0; i < warmUps; i++) {
      inference.run();
    }
    long[] nanos = new long[repeats];
    for (int i = 0; i < repeats; i++) {
      long start = System.nanoTime();
      inference.run();
      nanos[i] = System.nanoTime() - start;
    }
    Arrays.sort(nanos);
    double median = (nanos[(repeats - 1) / 2] + nanos[repeats / 2]) / 2e6;
    return new LatencyMeasurement(
        device, runtime, threads, warmUps, repeats, median, nanos[0] / 1e6);
  }
}
