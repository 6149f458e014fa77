package org.finchnas.benchmarks.training;

import java.util.HashMap;
import java.util.Map;
import org.finchnas.benchmarks.libtorch.PeerNetworks;
import org.finchnas.evaluation.TrainingParams;
import org.finchnas.searchspace.network.Network;
import org.finchnas.searchspace.network.Shape;
import org.finchnas.worker.graph.GraphBuilder;
import org.finchnas.worker.graph.TrainableGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Finch's own training, on one batch of noise. */
final class FinchSide implements Side {

  /** Until the compiler has nothing left to do; LibTorch was compiled before. */
  private static final long WARM_UP_NANOS = 8_000_000_000L;

  private static final double LEARNING_RATE = 0.01;
  private static final long STEPS = 1_000_000;

  private final Map<String, Training> trainings = new HashMap<>();

  @Override
  public String name() {
    return "Finch";
  }

  @Override
  public long train(String network, int batch, int steps) {
    Training training =
        trainings.computeIfAbsent(
            network + " " + batch,
            key -> {
              Training fresh = new Training(PeerNetworks.byName(network), batch);
              long begun = System.nanoTime();
              while (System.nanoTime() - begun < WARM_UP_NANOS) {
                fresh.run(1);
              }
              return fresh;
            });
    long start = System.nanoTime();
    training.run(steps);
    return System.nanoTime() - start;
  }

  private static final class Training {
    private final TrainableGraph graph;
    private final INDArray images;
    private final INDArray labels;
    private long step;

    Training(Network network, int batch) {
      TrainingParams params = new TrainingParams(batch, LEARNING_RATE, 0.9, 5e-4, 1, 0, false, 0);
      graph = GraphBuilder.build(network, DataType.FLOAT, 1, params);
      Shape shape = network.input();
      images = Nd4j.randn('c', batch, shape.height(), shape.width(), shape.channels());
      labels = Nd4j.zeros(DataType.FLOAT, batch, network.classes());
      for (int i = 0; i < batch; i++) {
        labels.putScalar(i, i % network.classes(), 1);
      }
    }

    void run(int steps) {
      for (int i = 0; i < steps; i++) {
        graph.progress().moveTo(step++, STEPS);
        double loss = graph.step(images, labels, LEARNING_RATE);
        if (!Double.isFinite(loss)) {
          throw new IllegalStateException("Finch diverged on the benchmark's noise.");
        }
      }
    }
  }
}
