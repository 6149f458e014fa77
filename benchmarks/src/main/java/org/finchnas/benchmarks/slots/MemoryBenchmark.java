package org.finchnas.benchmarks.slots;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
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
 * What many candidates leave behind: the resident memory of one slot process after 300 different
 * ones over that after 30, each the median of the ten readings up to it. Linux only.
 */
public final class MemoryBenchmark {

  private static final int IMAGE = 16;
  private static final int EARLY = 30;
  private static final int LATE = 300;
  private static final int READINGS = 10;
  private static final Slots SMALL =
      new Slots(
          Scratch.directory("memory"),
          new CellSearchSpace(
              OperationSet.NASNET.operations(), 5, List.of(1), List.of(4, 6, 8), Stem.CIFAR, IMAGE),
          new Fidelity(1, 3 * Slots.BATCH, IMAGE),
          IMAGE,
          0.01);

  private MemoryBenchmark() {}

  public static void main(String[] arguments) throws IOException {
    boolean json = Arrays.asList(arguments).contains("--json");
    Files.createDirectories(SMALL.directory());
    double[] mebibytes = new double[LATE];
    try (SlotPool pool = SMALL.start(1)) {
      for (int i = 0; i < LATE; i++) {
        Evaluation evaluation = pool.submit(SMALL.candidate(i, i)).join();
        if (!(evaluation instanceof Completed)) {
          throw new IllegalStateException("A candidate failed: " + evaluation);
        }
        mebibytes[i] = residentMebibytes(Objects.requireNonNull(evaluation.execution()).process());
        if (!json && (i + 1) % EARLY == 0) {
          System.out.printf(
              Locale.ROOT, "after %3d candidates %6.0f MiB%n", i + 1, upTo(mebibytes, i + 1));
        }
      }
    }
    double early = upTo(mebibytes, EARLY);
    double late = upTo(mebibytes, LATE);
    System.out.printf(
        Locale.ROOT,
        json
            ? "{\"mebibytesAfter%d\": %.1f, \"mebibytesAfter%d\": %.1f, \"ratio\": %.3f}%n"
            : "after %d: %.0f MiB, after %d: %.0f MiB, ratio %.3f%n",
        EARLY,
        early,
        LATE,
        late,
        late / early);
  }

  private static double upTo(double[] readings, int count) {
    return Medians.of(Arrays.copyOfRange(readings, count - READINGS, count));
  }

  private static double residentMebibytes(long process) throws IOException {
    try (var lines = Files.lines(Path.of("/proc", Long.toString(process), "status"))) {
      String line = lines.filter(each -> each.startsWith("VmRSS:")).findFirst().orElseThrow();
      return Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024.0;
    }
  }
}
