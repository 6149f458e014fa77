package org.finchnas.worker.graph;

import java.nio.FloatBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Cuts values to a range and passes gradients back, in single precision, in one pass over the data
 * each. Tiles stay in the first-level cache, see {@link FusedBatchNorm}.
 */
final class ClipLoop {

  private static final int TILE = 2048;

  private final Clip clip;
  private final float[] values = new float[TILE];
  private final float[] epsilons = new float[TILE];

  ClipLoop(Clip clip) {
    this.clip = clip;
  }

  /** Fills {@code output} with the values inside the range. */
  void forward(INDArray input, INDArray output) {
    FloatBuffer from = Floats.of(input);
    FloatBuffer to = Floats.of(output);
    for (int start = 0; start < from.limit(); start += TILE) {
      int size = Math.min(TILE, from.limit() - start);
      from.get(start, values, 0, size);
      for (int i = 0; i < size; i++) {
        values[i] = Clip.cut(values[i], clip.low(), clip.high());
      }
      to.put(start, values, 0, size);
    }
  }

  /** Fills {@code target}, which may be {@code epsilon}. */
  void backward(INDArray output, INDArray epsilon, INDArray target) {
    FloatBuffer outputs = Floats.of(output);
    FloatBuffer from = Floats.of(epsilon);
    FloatBuffer to = Floats.of(target);
    for (int start = 0; start < from.limit(); start += TILE) {
      int size = Math.min(TILE, from.limit() - start);
      outputs.get(start, values, 0, size);
      from.get(start, epsilons, 0, size);
      for (int i = 0; i < size; i++) {
        epsilons[i] *= Clip.slope(values[i], clip.low(), clip.high());
      }
      to.put(start, epsilons, 0, size);
    }
  }
}
