package org.finchnas.worker.graph;

import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** An array that is kept from step to step, as large as the largest batch seen. */
final class Buffer {

  private final GraphMemory memory;
  private final long[] imageShape;
  private @Nullable INDArray whole;
  private @Nullable INDArray view;

  /**
   * @param imageShape the shape without the batch
   */
  Buffer(GraphMemory memory, long... imageShape) {
    this.memory = memory;
    this.imageShape = imageShape;
  }

  /** The array for a batch of the size, with any values in it. */
  INDArray forBatch(long batch) {
    INDArray current = view;
    if (current == null || current.size(0) != batch) {
      current = resize(batch);
      view = current;
    }
    return current;
  }

  private INDArray resize(long batch) {
    INDArray all = whole;
    if (all == null || all.size(0) < batch) {
      long[] shape = new long[imageShape.length + 1];
      shape[0] = batch;
      System.arraycopy(imageShape, 0, shape, 1, imageShape.length);
      if (all != null) {
        memory.free(all);
      }
      all = memory.allocate(shape);
      whole = all;
    }
    return all.size(0) == batch ? all : all.get(NDArrayIndex.interval(0, batch));
  }
}
