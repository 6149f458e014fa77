package org.finchnas.benchmarks.slots;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.finchnas.benchmarks.Medians;
import org.finchnas.benchmarks.Scratch;
import org.finchnas.coordinator.slots.SlotPool;
import org.finchnas.evaluation.Evaluation;
import org.finchnas.evaluation.Evaluation.Completed;
import org.finchnas.evaluation.Fidelity;
import org.finchnas.searchspace.CellSearchSpace;
import org.finchnas.searchspace.OperationSet;
import org.finchnas.searchspace.Stem;

/**
 * Images a second of two slots at once over those of one: slot processes that train candidates of
 * the NASNet space from the request to the weights on disk, in turn, so that a machine whose speed
 * drifts is fair to both. They are warm, as those of a search are after its first minute: while the
 * compiler works, one slot has it on the other core for nothing.
 */
public final class ThroughputBenchmark {

  private static final int IMAGE = 32;
  private static final int IMAGES = 640;
  private static final int CANDIDATES = 2;
  private static final int WARM_UP_ROUNDS = 10;
  private static final int ROUNDS = 7;
  private static final Slots SLOTS_OF_NASNET =
      new Slots(
          Scratch.directory("throughput"),
          new CellSearchSpace(
              OperationSet.NASNET.operations(), 5, List.of(1), List.of(16), Stem.CIFAR, IMAGE),
          new Fidelity(1, IMAGES, IMAGE),
          IMAGE,
          0.01);

  private int number;

  private ThroughputBenchmark() {}

  public static void main(String[] arguments) throws IOException {
    boolean json = Arrays.asList(arguments).contains("--json");
    Files.createDirectories(SLOTS_OF_NASNET.directory());
    ThroughputBenchmark benchmark = new ThroughputBenchmark();
    List<Round> rounds = new ArrayList<>();
    try (SlotPool one = SLOTS_OF_NASNET.start(1);
        SlotPool two = SLOTS_OF_NASNET.start(2)) {
      for (int i = 0; i < WARM_UP_ROUNDS; i++) {
        benchmark.round(one, two, i % CANDIDATES);
      }
      for (int i = 0; i < ROUNDS; i++) {
        rounds.add(benchmark.round(one, two, i % CANDIDATES));
      }
    }
    print(rounds, json);
  }

  private Round round(SlotPool one, SlotPool two, int architecture) {
    return new Round(imagesPerSecond(one, architecture), imagesPerSecond(two, architecture));
  }

  /** Each slot trains the same architecture, from a seed of its own. */
  private double imagesPerSecond(SlotPool pool, int architecture) {
    long start = System.nanoTime();
    List<CompletableFuture<Evaluation>> running = new ArrayList<>();
    for (int slot = 0; slot < pool.slots(); slot++) {
      running.add(pool.submit(SLOTS_OF_NASNET.candidate(number++, architecture)));
    }
    for (CompletableFuture<Evaluation> each : running) {
      if (!(each.join() instanceof Completed)) {
        throw new IllegalStateException("A candidate failed: " + each.join());
      }
    }
    return pool.slots() * (double) IMAGES / (System.nanoTime() - start) * 1e9;
  }

  private static void print(List<Round> rounds, boolean json) {
    double[] ratios = rounds.stream().mapToDouble(Round::ratio).toArray();
    double one = Medians.of(rounds.stream().mapToDouble(Round::one).toArray());
    double two = Medians.of(rounds.stream().mapToDouble(Round::two).toArray());
    String format =
        json
            ? "{\"batch\": %d, \"rounds\": %d, \"oneSlotImagesPerSecond\": %.1f,"
                + " \"twoSlotsImagesPerSecond\": %.1f, \"ratio\": %.3f, \"smallestRatio\": %.3f,"
                + " \"largestRatio\": %.3f}%n"
            : "Slot processes, NASNet space (N=1, F=16, 32x32), batch %d, medians of %d rounds in"
                + " turn%none slot   %8.0f images/s%ntwo slots %8.0f images/s%n"
                + "two over one %.2f (%.2f to %.2f)%n";
    System.out.printf(
        Locale.ROOT,
        format,
        Slots.BATCH,
        rounds.size(),
        one,
        two,
        Medians.of(ratios),
        Arrays.stream(ratios).min().orElseThrow(),
        Arrays.stream(ratios).max().orElseThrow());
  }

  /** Images a second of one slot, and right after it of two. */
  private record Round(double one, double two) {
    double ratio() {
      return two / one;
    }
  }
}
