package org.finchnas.worker.graph;

import java.nio.FloatBuffer;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The mean of each channel of each image and its gradient, in single precision. */
final class ChannelMeans {

  /** Floats in a tile, about; a multiple of the channels, see {@link FusedBatchNorm}. */
  private static final int TILE = 2048;

  private final int channels;
  private final int area;
  private final float[] values;
  private final float[] sums;

  ChannelMeans(int channels, int area) {
    this.channels = channels;
    this.area = area;
    values = new float[channels * Math.max(1, Math.min(area, TILE / channels))];
    sums = new float[values.length];
  }

  void forward(INDArray maps, INDArray means) {
    FloatBuffer from = Floats.of(maps);
    FloatBuffer to = Floats.of(means);
    for (int image = 0; image < maps.size(0); image++) {
      Arrays.fill(sums, 0);
      addUp(from, image * area * channels);
      for (int c = 0; c < channels; c++) {
        double sum = 0;
        for (int i = c; i < sums.length; i += channels) {
          sum += sums[i];
        }
        to.put(image * channels + c, (float) (sum / area));
      }
    }
  }

  private void addUp(FloatBuffer from, int first) {
    for (int done = 0; done < area * channels; done += values.length) {
      int size = Math.min(values.length, area * channels - done);
      from.get(first + done, values, 0, size);
      for (int i = 0; i < size; i++) {
        sums[i] += values[i];
      }
    }
  }

  void backward(INDArray epsilons, INDArray gradients) {
    FloatBuffer from = Floats.of(epsilons);
    FloatBuffer to = Floats.of(gradients);
    for (int image = 0; image < gradients.size(0); image++) {
      from.get(image * channels, values, 0, channels);
      for (int i = 0; i < values.length; i++) {
        values[i] = i < channels ? values[i] / area : values[i - channels];
      }
      int first = image * area * channels;
      for (int done = 0; done < area * channels; done += values.length) {
        to.put(first + done, values, 0, Math.min(values.length, area * channels - done));
      }
    }
  }
}
