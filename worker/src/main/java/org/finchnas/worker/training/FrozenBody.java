package org.finchnas.worker.training;

import org.finchnas.evaluation.TrainingParams;
import org.finchnas.searchspace.network.Head;
import org.finchnas.searchspace.network.Shape;
import org.finchnas.searchspace.network.TrainedNetwork;
import org.finchnas.worker.graph.Floats;
import org.finchnas.worker.graph.GraphBuilder;
import org.finchnas.worker.graph.GraphWeights;
import org.finchnas.worker.graph.TrainableGraph;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * All of a trained network but its head, as it classifies: batch normalisations use their running
 * statistics, dropout and drop-path do nothing, and no weight changes.
 */
final class FrozenBody implements AutoCloseable {

  private final TrainedNetwork base;
  private final Head head;
  // Built when it is first needed: a training that is resumed after its last epoch never does.
  private @Nullable TrainableGraph graph;

  FrozenBody(TrainedNetwork base) {
    this.base = base;
    this.head = Head.of(base.network());
  }

  /** The shape of the features of one image. */
  Shape shape() {
    return head.features().shape();
  }

  /** The features of images, one after the other, each row, column, channel. */
  float[] valuesOf(INDArray images) {
    TrainableGraph built = graph;
    if (built == null) {
      built = GraphBuilder.build(base.network(), DataType.FLOAT, 0, TrainingParams.DEFAULT);
      graph = built;
      GraphWeights.load(built, base);
    }
    return Floats.values(built.values(head.features(), images));
  }

  @Override
  public void close() {
    if (graph != null) {
      graph.close();
    }
  }
}
