package org.finchnas.worker.graph;

import org.nd4j.linalg.api.ndarray.INDArray;

/** Interleaves the channels of groups. */
final class ChannelShuffleKernel extends Kernel {

  private final long groups;
  private final long size;

  ChannelShuffleKernel(Place place, int groups) {
    super(place);
    this.groups = groups;
    size = place.input().channels() / groups;
  }

  @Override
  void forward(INDArray[] inputs, INDArray output, boolean training) {
    interleave(inputs[0], output, groups, size);
  }

  @Override
  INDArray[] backward(INDArray[] inputs, INDArray output, INDArray epsilon, Backward backward) {
    INDArray target = backward.gradientOf(0);
    interleave(epsilon, target, size, groups);
    return Ops.arrays(target);
  }

  /** Transposes the {@code rows x columns} channels of each pixel. */
  private static void interleave(INDArray from, INDArray to, long rows, long columns) {
    long pixels = from.length() / from.size(3);
    Ops.reshape(to, pixels, columns, rows)
        .assign(Ops.reshape(from, pixels, rows, columns).permute(0, 2, 1));
  }
}
