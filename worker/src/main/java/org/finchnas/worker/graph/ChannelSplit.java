package org.finchnas.worker.graph;

import java.nio.FloatBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Takes the channels of a map apart, in single precision: many pixels at once, through arrays that
 * stay in the cache. Assigning views of the channels takes ND4J several times as long.
 */
final class ChannelSplit {

  /** Floats read at once, about. */
  private static final int TILE = 4096;

  private final int channels;
  private final float[] whole;
  private final float[] part;

  ChannelSplit(int channels) {
    this.channels = channels;
    whole = new float[channels * Math.max(1, TILE / channels)];
    part = new float[whole.length];
  }

  /** Fills {@code parts}, whose channels are together those of {@code map}. */
  void split(INDArray map, INDArray[] parts) {
    FloatBuffer from = Floats.of(map);
    FloatBuffer[] to = new FloatBuffer[parts.length];
    for (int i = 0; i < parts.length; i++) {
      to[i] = Floats.of(parts[i]);
    }
    for (int start = 0; start < from.limit(); start += whole.length) {
      int size = Math.min(whole.length, from.limit() - start);
      from.get(start, whole, 0, size);
      int channel = 0;
      for (int i = 0; i < parts.length; i++) {
        int count = (int) parts[i].size(3);
        int length = copy(size, channel, count);
        to[i].put(start / channels * count, part, 0, length);
        channel += count;
      }
    }
  }

  private int copy(int size, int channel, int count) {
    int length = 0;
    for (int pixel = channel; pixel < size; pixel += channels) {
      System.arraycopy(whole, pixel, part, length, count);
      length += count;
    }
    return length;
  }
}
