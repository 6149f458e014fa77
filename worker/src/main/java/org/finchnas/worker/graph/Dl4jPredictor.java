package org.finchnas.worker.graph;

import org.finchnas.evaluation.Predictions;
import org.finchnas.evaluation.Predictor;
import org.finchnas.evaluation.TrainingParams;
import org.finchnas.searchspace.network.TrainedNetwork;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Classifies images with the layers that a network was trained with. */
public final class Dl4jPredictor implements Predictor {

  /** Images computed together; bounds the memory that one call takes. */
  private static final int BATCH = 64;

  private final TrainedNetwork trained;
  private final TrainableGraph graph;

  public Dl4jPredictor(TrainedNetwork trained) {
    this.trained = trained;
    graph = GraphBuilder.build(trained.network(), DataType.FLOAT, 0, TrainingParams.DEFAULT);
    GraphWeights.load(graph, trained);
  }

  @Override
  public Predictions predict(byte[] pixels, int count) {
    long expected = trained.network().input().elements() * count;
    if (pixels.length != expected) {
      throw new IllegalArgumentException(
          "%d images of %s are %d bytes, not %d."
              .formatted(count, trained.network().input(), expected, pixels.length));
    }
    float[][] logits = new float[count][];
    for (int first = 0; first < count; first += BATCH) {
      int size = Math.min(BATCH, count - first);
      INDArray images =
          PixelInput.of(pixels, first, size, trained.network().input(), trained.normalization());
      float[][] rows = graph.logits(images).toFloatMatrix();
      System.arraycopy(rows, 0, logits, first, size);
    }
    return Predictions.ofLogits(logits);
  }

  @Override
  public void close() {
    graph.close();
  }
}
