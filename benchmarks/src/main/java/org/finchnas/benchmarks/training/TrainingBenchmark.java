package org.finchnas.benchmarks.training;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.finchnas.benchmarks.libtorch.PeerNetworks;
import org.finchnas.worker.NativeBackend;

/**
 * Images a second of training, Finch beside LibTorch in both of its memory layouts: the same
 * network, batch and one thread each, in turn, so that a machine whose speed drifts is fair to all.
 */
public final class TrainingBenchmark {

  private static final int BATCH = 64;
  private static final int ROUNDS = 5;
  private static final long ROUND_NANOS = 1_500_000_000L;

  private final List<Side> sides;

  private TrainingBenchmark(List<Side> sides) {
    this.sides = sides;
  }

  public static void main(String[] arguments) throws IOException {
    boolean json = Arrays.asList(arguments).contains("--json");
    NativeBackend backend = NativeBackend.select();
    String classPath = System.getProperty("finch.peer.classpath");
    try (Peer contiguous = new Peer(classPath, "contiguous");
        Peer channelsLast = new Peer(classPath, "channels-last")) {
      TrainingBenchmark benchmark =
          new TrainingBenchmark(List.of(new FinchSide(), contiguous, channelsLast));
      List<Comparison> rows = new ArrayList<>();
      if (!json) {
        System.out.printf(
            "Training, batch %d, 1 thread, medians of %d rounds in turn; %s%n",
            BATCH, ROUNDS, backend.numericClass());
        System.out.println(Comparison.HEADING);
      }
      for (String network : PeerNetworks.NAMES) {
        Comparison row = benchmark.compare(network);
        rows.add(row);
        if (!json) {
          System.out.println(row.line());
        }
      }
      if (json) {
        System.out.println(
            "{\"batch\": %d, \"rounds\": %d, \"networks\": [%s]}"
                .formatted(
                    BATCH,
                    ROUNDS,
                    String.join(", ", rows.stream().map(Comparison::json).toList())));
      }
    }
  }

  private Comparison compare(String network) {
    int[] steps = new int[sides.size()];
    for (int s = 0; s < steps.length; s++) {
      long one = sides.get(s).train(network, BATCH, 1);
      steps[s] = (int) Math.max(1, ROUND_NANOS / Math.max(1, one));
    }
    double[][] speeds = new double[sides.size()][ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      for (int s = 0; s < steps.length; s++) {
        long nanos = sides.get(s).train(network, BATCH, steps[s]);
        speeds[s][round] = BATCH * (double) steps[s] / nanos * 1e9;
      }
    }
    return Comparison.of(network, speeds);
  }

  /**
   * One row.
   *
   * @param ratio Finch over the faster layout of LibTorch, median of the rounds
   */
  record Comparison(
      String network,
      double finch,
      double contiguous,
      double channelsLast,
      double ratio,
      double smallest,
      double largest) {

    static final String HEADING =
        String.format(
            Locale.ROOT,
            "%-20s %10s %12s %14s   %s",
            "network",
            "Finch",
            "contiguous",
            "channels-last",
            "Finch / faster LibTorch (min to max)");

    static Comparison of(String network, double[][] speeds) {
      boolean lastIsFaster = median(speeds[2]) > median(speeds[1]);
      double[] peer = lastIsFaster ? speeds[2] : speeds[1];
      double[] ratios = new double[ROUNDS];
      for (int round = 0; round < ROUNDS; round++) {
        ratios[round] = speeds[0][round] / peer[round];
      }
      double[] sorted = ratios.clone();
      Arrays.sort(sorted);
      return new Comparison(
          network,
          median(speeds[0]),
          median(speeds[1]),
          median(speeds[2]),
          median(ratios),
          sorted[0],
          sorted[ROUNDS - 1]);
    }

    private static double median(double[] values) {
      double[] sorted = values.clone();
      Arrays.sort(sorted);
      return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    String line() {
      return String.format(
          Locale.ROOT,
          "%-20s %10.0f %12.0f %14.0f   %.2f (%.2f to %.2f)",
          network,
          finch,
          contiguous,
          channelsLast,
          ratio,
          smallest,
          largest);
    }

    String json() {
      return String.format(
          Locale.ROOT,
          "{\"network\": \"%s\", \"finchImagesPerSecond\": %.1f,"
              + " \"libTorchContiguousImagesPerSecond\": %.1f,"
              + " \"libTorchChannelsLastImagesPerSecond\": %.1f, \"ratio\": %.3f}",
          network,
          finch,
          contiguous,
          channelsLast,
          ratio);
    }
  }
}
