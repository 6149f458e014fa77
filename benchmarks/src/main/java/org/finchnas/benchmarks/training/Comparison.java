package org.finchnas.benchmarks.training;

import java.util.Arrays;
import java.util.Locale;
import org.finchnas.benchmarks.Medians;

/**
 * One row: a network trained by Finch and by LibTorch.
 *
 * @param layout that in which LibTorch is faster, with which Finch is compared
 * @param finchBytes peak memory above the idle process
 * @param libTorchBytes the same of LibTorch
 */
record Comparison(
    String network, Speeds speeds, String layout, long finchBytes, long libTorchBytes) {

  static final String HEADING =
      String.format(
          Locale.ROOT,
          "%-18s %8s %11s %14s   %-24s %9s %12s %6s",
          "network",
          "Finch",
          "contiguous",
          "channels-last",
          "Finch / faster LibTorch",
          "Finch MB",
          "LibTorch MB",
          "ratio");

  /**
   * Images a second.
   *
   * @param ratio Finch over the faster layout of LibTorch, median of the rounds
   */
  record Speeds(
      double finch,
      double contiguous,
      double channelsLast,
      double ratio,
      double smallest,
      double largest) {

    /**
     * @param rounds of Finch, of LibTorch contiguous and channels-last, one value a round
     */
    static Speeds of(double[][] rounds) {
      double[] peer = Medians.of(rounds[2]) > Medians.of(rounds[1]) ? rounds[2] : rounds[1];
      double[] ratios = new double[peer.length];
      for (int round = 0; round < ratios.length; round++) {
        ratios[round] = rounds[0][round] / peer[round];
      }
      Arrays.sort(ratios);
      return new Speeds(
          Medians.of(rounds[0]),
          Medians.of(rounds[1]),
          Medians.of(rounds[2]),
          Medians.of(ratios),
          ratios[0],
          ratios[ratios.length - 1]);
    }

    String fasterLayout() {
      return channelsLast > contiguous ? "channels-last" : "contiguous";
    }
  }

  private double memoryRatio() {
    return (double) finchBytes / libTorchBytes;
  }

  String line() {
    return String.format(
        Locale.ROOT,
        "%-18s %8.0f %11.0f %14.0f   %.2f (%.2f to %.2f)      %9.0f %12.0f %6.2f",
        network,
        speeds.finch,
        speeds.contiguous,
        speeds.channelsLast,
        speeds.ratio,
        speeds.smallest,
        speeds.largest,
        finchBytes / 1e6,
        libTorchBytes / 1e6,
        memoryRatio());
  }

  String json() {
    return String.format(
        Locale.ROOT,
        "{\"network\": \"%s\", \"finchImagesPerSecond\": %.1f,"
            + " \"libTorchContiguousImagesPerSecond\": %.1f,"
            + " \"libTorchChannelsLastImagesPerSecond\": %.1f, \"ratio\": %.3f,"
            + " \"finchPeakBytes\": %d, \"libTorchPeakBytes\": %d, \"memoryRatio\": %.3f}",
        network,
        speeds.finch,
        speeds.contiguous,
        speeds.channelsLast,
        speeds.ratio,
        finchBytes,
        libTorchBytes,
        memoryRatio());
  }
}
