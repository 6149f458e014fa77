package org.finchnas.worker.training;

import org.finchnas.searchspace.network.Network;
import org.finchnas.worker.graph.GraphBuilder;
import org.finchnas.worker.graph.TrainableGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What a training has before it when it begins: fresh weights, and the images of its first batch,
 * here without augmentation.
 *
 * @param graph owned by whoever holds this
 * @param features {@code [batch, height, width, channels]}
 * @param labels {@code [batch, classes]}, what an image counts in the loss in the column of its
 *     class
 */
public record FirstStep(TrainableGraph graph, INDArray features, INDArray labels)
    implements AutoCloseable {

  /**
   * The first step of the training that the plan describes.
   *
   * @throws RejectedTrainingException if the training would exceed the plan's memory
   */
  public static FirstStep of(Network network, TrainingImages images, TrainingPlan plan)
      throws RejectedTrainingException {
    requireFits(network, images, plan);
    int size = size(images, plan);
    TrainingSeed seed = new TrainingSeed(plan.seed());
    Batches batches =
        new Batches(
            images.train(),
            new Standardization(images.normalization()),
            images.labels().size(),
            size,
            ClassWeighting.of(
                plan.params().classWeights(), images.train(), images.labels().size()));
    int[] order = Batches.shuffled(images.train().size(), seed.order(0));
    Batches.Batch batch = batches.plain(order, 0, size);
    return new FirstStep(
        GraphBuilder.build(network, DataType.FLOAT, seed.graph(), plan.params()),
        batch.features(),
        batch.labels());
  }

  /**
   * @throws RejectedTrainingException if the training would exceed the plan's memory
   */
  public static void requireFits(Network network, TrainingImages images, TrainingPlan plan)
      throws RejectedTrainingException {
    TrainingLimits.require(network, plan, size(images, plan), 0);
  }

  private static int size(TrainingImages images, TrainingPlan plan) {
    return Math.min(plan.params().batchSize(), images.train().size());
  }

  /** What the first weights of a training of that seed are drawn from. */
  public static long graphSeed(long seed) {
    return new TrainingSeed(seed).graph();
  }

  @Override
  public void close() {
    graph.close();
  }
}
