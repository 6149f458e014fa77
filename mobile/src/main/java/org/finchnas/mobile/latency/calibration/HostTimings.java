package org.finchnas.mobile.latency.calibration;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;
import org.finchnas.mobile.latency.Inference;
import org.finchnas.mobile.tflite.TfliteModel;
import org.finchnas.searchspace.network.Network;

/**
 * Times networks on this machine through TensorFlow Lite with XNNPACK, one thread: round after
 * round over all of them, so that what else the machine does meets each alike, and the fastest
 * inference of each counts. While others have the processor an inference does not count as running:
 * on a machine that does nothing else this makes no difference.
 *
 * @param rounds over all networks
 * @param nanosPerRound how long a network is run in a round, at the least; at least 3 inferences
 */
public record HostTimings(int rounds, long nanosPerRound) {

  private static final int LEAST_RUNS = 3;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  /** 10 rounds of 8 ms. */
  public static final HostTimings USUAL = new HostTimings(10, 8_000_000);

  public HostTimings {
    if (rounds < 1 || nanosPerRound < 0) {
      throw new IllegalArgumentException(
          "At least 1 round (%d) of 0 ns or more (%d).".formatted(rounds, nanosPerRound));
    }
  }

  /**
   * @param folder where the files lie while they are timed
   * @param progress told the number of each round, from 1, when it is over
   * @return milliseconds of each network, in their order
   */
  public List<Double> measure(
      List<Network> networks, String version, Path folder, IntConsumer progress)
      throws IOException {
    List<TfliteModel> models = new ArrayList<>();
    List<Inference> inferences = new ArrayList<>();
    try {
      for (int i = 0; i < networks.size(); i++) {
        Path file = folder.resolve("model-%d.tflite".formatted(i));
        CalibrationModel.write(networks.get(i), version, file);
        TfliteModel model = TfliteModel.open(file);
        models.add(model);
        inferences.add(
            model.inference(new byte[Math.toIntExact(networks.get(i).input().elements())]));
        Files.delete(file);
      }
      return measure(inferences, progress);
    } finally {
      inferences.forEach(Inference::close);
      models.forEach(TfliteModel::close);
    }
  }

  private List<Double> measure(List<Inference> inferences, IntConsumer progress) {
    long[] fastest = new long[inferences.size()];
    Arrays.fill(fastest, Long.MAX_VALUE);
    for (int round = 1; round <= rounds; round++) {
      for (int i = 0; i < fastest.length; i++) {
        fastest[i] = Math.min(fastest[i], fastest(inferences.get(i)));
      }
      progress.accept(round);
    }
    return Arrays.stream(fastest).mapToObj(nanos -> nanos / 1e6).toList();
  }

  /** The first run fills the caches that another network has emptied. */
  private long fastest(Inference inference) {
    inference.run();
    long fastest = Long.MAX_VALUE;
    long begin = System.nanoTime();
    for (int run = 0; run < LEAST_RUNS || System.nanoTime() - begin < nanosPerRound; run++) {
      long cpu = THREADS.getCurrentThreadCpuTime();
      long start = System.nanoTime();
      inference.run();
      long passed = System.nanoTime() - start;
      // To read the processor's clock takes long itself: for small networks the wall's is closer.
      long used = THREADS.getCurrentThreadCpuTime() - cpu;
      fastest = Math.min(fastest, used > 0 ? Math.min(passed, used) : passed);
    }
    return fastest;
  }
}
