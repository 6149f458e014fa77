package org.finchnas.benchmarks.training;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.finchnas.benchmarks.libtorch.PeerNetworks;
import org.finchnas.worker.NativeBackend;

/**
 * Images a second of training, Finch beside LibTorch in both of its memory layouts: the same
 * network, batch and one thread each, in turn, so that a machine whose speed drifts is fair to all.
 * Then the memory that each takes at most.
 */
public final class TrainingBenchmark {

  private static final int BATCH = 64;
  private static final int ROUNDS = 7;
  private static final long ROUND_NANOS = 1_500_000_000L;

  private final List<Side> sides;
  private final PeakMemory memory;

  private TrainingBenchmark(List<Side> sides, PeakMemory memory) {
    this.sides = sides;
    this.memory = memory;
  }

  public static void main(String[] arguments) throws IOException {
    boolean json = Arrays.asList(arguments).contains("--json");
    NativeBackend backend = NativeBackend.select();
    String classPath = System.getProperty("finch.peer.classpath");
    try (Peer contiguous = peer("contiguous");
        Peer channelsLast = peer("channels-last")) {
      TrainingBenchmark benchmark =
          new TrainingBenchmark(
              List.of(new FinchSide(), contiguous, channelsLast), new PeakMemory(classPath));
      List<Comparison> rows = new ArrayList<>();
      if (!json) {
        System.out.printf(
            "Training, batch %d, 1 thread, medians of %d rounds in turn; %s%n",
            BATCH, ROUNDS, backend.description());
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

  /** Waits for its first answer: two at once would unpack LibTorch into the same cache. */
  private static Peer peer(String layout) {
    Peer peer = new Peer(layout);
    peer.train(PeerNetworks.NAMES.get(0), 1, 1);
    return peer;
  }

  private Comparison compare(String network) throws IOException {
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
    Comparison.Speeds compared = Comparison.Speeds.of(speeds);
    String layout = compared.fasterLayout();
    return new Comparison(
        network,
        compared,
        layout,
        memory.finch(network, BATCH),
        memory.libTorch(network, layout, BATCH));
  }
}
