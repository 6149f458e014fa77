package org.finchnas.benchmarks.cost;

import java.util.Locale;
import org.finchnas.evaluation.TrainingParams;
import org.finchnas.searchspace.Architecture;
import org.finchnas.searchspace.Blueprint;
import org.finchnas.searchspace.Macro;
import org.finchnas.searchspace.Stem;
import org.finchnas.searchspace.network.Network;
import org.finchnas.searchspace.network.Shape;
import org.finchnas.worker.NativeBackend;
import org.finchnas.worker.graph.GraphBuilder;
import org.finchnas.worker.graph.TrainableGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Times some training steps of one candidate of the published search (Real et al., arXiv
 * 1802.01548: N=3, F=24, 25 epochs of 45 000 images, 20 000 candidates), AmoebaNet-A's cells
 * standing for all, and multiplies.
 */
public final class SearchCostBenchmark {

  private static final Shape IMAGE = new Shape(3, 32, 32);
  private static final int CLASSES = 10;
  private static final int BATCH = 128;
  private static final int STEPS = 5;
  private static final long IMAGES = 25L * 45_000;
  private static final long CANDIDATES = 20_000;
  private static final int CORES = 2;

  private SearchCostBenchmark() {}

  public static void main(String[] arguments) {
    NativeBackend.select();
    Architecture cells = Blueprint.of("amoebanet-a-mobile").architecture().orElseThrow();
    Macro macro = new Macro(3, 24, Stem.CIFAR, IMAGE.height());
    Network network =
        new Architecture(cells.normal(), cells.reduction(), macro).assemble(IMAGE, CLASSES);
    double speed = imagesPerSecond(network);
    double candidateHours = IMAGES / speed / 3600;
    System.out.printf(
        Locale.ROOT,
        "AmoebaNet-A, N=3, F=24: %d params, %d MACs%n"
            + "%.1f images/s, one thread, batch %d, %d steps%n"
            + "one candidate, %d images: %.1f core-hours%n"
            + "%d candidates on %d cores: %.0f days (%.0f years)%n",
        network.params(),
        network.macs(),
        speed,
        BATCH,
        STEPS,
        IMAGES,
        candidateHours,
        CANDIDATES,
        CORES,
        candidateHours * CANDIDATES / CORES / 24,
        candidateHours * CANDIDATES / CORES / 24 / 365);
  }

  private static double imagesPerSecond(Network network) {
    TrainingParams params = new TrainingParams(BATCH, 0.05, 0.9, 5e-4, 1, 5, false, 0);
    try (TrainableGraph graph = GraphBuilder.build(network, DataType.FLOAT, 1, params)) {
      INDArray images = Nd4j.randn('c', BATCH, IMAGE.height(), IMAGE.width(), IMAGE.channels());
      INDArray labels = Nd4j.zeros(DataType.FLOAT, BATCH, CLASSES);
      for (int i = 0; i < BATCH; i++) {
        labels.putScalar(i, i % CLASSES, 1);
      }
      long start = 0;
      for (int step = -STEPS; step < STEPS; step++) {
        start = step == 0 ? System.nanoTime() : start;
        graph.progress().moveTo(step + STEPS, 2 * STEPS);
        graph.step(images, labels, 0.01);
      }
      return BATCH * (double) STEPS / (System.nanoTime() - start) * 1e9;
    }
  }
}
