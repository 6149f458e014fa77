package org.finchnas.worker.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import org.finchnas.evaluation.TrainingParams;
import org.finchnas.searchspace.network.Network;
import org.finchnas.searchspace.network.TrainedNetwork;
import org.finchnas.worker.graph.GraphBuilder;
import org.finchnas.worker.graph.ReferenceNetwork;
import org.finchnas.worker.graph.Samples;
import org.finchnas.worker.training.FirstStep;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

class GradientNormTest {

  private static final int IMAGES = 4;
  private static final double STEP = 1.0 / 4096;

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void isTheSumOverLayersOfTheNormOfFiniteDifferences(long seed) {
    Network network = Nets.branches(false);
    INDArray images = Samples.images(DataType.FLOAT, network, IMAGES, seed);
    INDArray labels = Samples.labels(DataType.FLOAT, network, IMAGES);
    try (FirstStep step =
        new FirstStep(
            GraphBuilder.build(network, DataType.FLOAT, seed, TrainingParams.DEFAULT),
            images,
            labels)) {
      TrainedNetwork weights = Weights.of(step.graph());

      assertThat(GradientNorm.of(step))
          .isCloseTo(norms(weights, planar(images)), withinPercentage(0.1));
    }
  }

  private static double norms(TrainedNetwork network, double[][] images) {
    double sum = 0;
    for (String name : Weights.multipliers(network)) {
      float[] values = Weights.values(network, name);
      double squares = 0;
      for (int i = 0; i < values.length; i++) {
        float above = (float) (values[i] + STEP);
        float below = (float) (values[i] - STEP);
        double difference =
            loss(Weights.with(network, name, i, above), images)
                - loss(Weights.with(network, name, i, below), images);
        squares += Math.pow(difference / ((double) above - below), 2);
      }
      sum += Math.sqrt(squares);
    }
    return sum;
  }

  private static double loss(TrainedNetwork network, double[][] images) {
    double sum = 0;
    for (int i = 0; i < images.length; i++) {
      double[] logits = ReferenceNetwork.run(network, images[i]);
      double exponentials = 0;
      for (double logit : logits) {
        exponentials += Math.exp(logit);
      }
      sum += Math.log(exponentials) - logits[i % logits.length];
    }
    return sum / images.length;
  }

  /** Images as channel, row, column. */
  static double[][] planar(INDArray images) {
    double[][] planar = new double[(int) images.size(0)][];
    for (int i = 0; i < planar.length; i++) {
      planar[i] =
          images
              .slice(i)
              .permute(2, 0, 1)
              .dup('c')
              .ravel()
              .castTo(DataType.DOUBLE)
              .toDoubleVector();
    }
    return planar;
  }
}
