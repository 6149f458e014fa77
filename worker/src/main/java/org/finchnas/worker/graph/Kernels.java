package org.finchnas.worker.graph;

import org.finchnas.searchspace.network.Layer;
import org.finchnas.worker.NativeBackend;

/** Which kernel computes which kind of layer. */
final class Kernels {
  private Kernels() {}

  static Kernel of(Kernel.Place place) {
    return place.node().layer().match(new Choice(place));
  }

  private record Choice(Kernel.Place place) implements Layer.Cases<Kernel> {
    @Override
    public Kernel input(Layer.Input layer) {
      throw new IllegalArgumentException("The input of a network computes nothing.");
    }

    @Override
    public Kernel convolution(Layer.Convolution layer) {
      if (place.memory().allowsLoops() && NativeBackend.select().hasOneDnn()) {
        return new ConvolutionKernel(place, layer);
      }
      return layer.groups() > 1 && !layer.isDepthwise(place.input())
          ? new OperationGroupedConvolutionKernel(place, layer)
          : new OperationConvolutionKernel(place, layer);
    }

    @Override
    public Kernel transposedConvolution(Layer.TransposedConvolution layer) {
      throw new IllegalArgumentException(
          "%s: Finch does not train networks that enlarge maps, such as u-net: it can describe, count"
                  .formatted(place.node().name())
              + " and draw them. Train a network that classifies images.");
    }

    @Override
    public Kernel batchNorm(Layer.BatchNorm layer) {
      return place.memory().allowsLoops()
          ? new BatchNormKernel(place, layer)
          : new OperationBatchNormKernel(place, layer);
    }

    @Override
    public Kernel activation(Layer.Activation layer) {
      return place.memory().allowsLoops() && Clip.isClip(layer.function())
          ? new ClipKernel(place, layer.function())
          : new ActivationKernel(place, layer.function());
    }

    @Override
    public Kernel pooling(Layer.Pooling layer) {
      if (layer.window().dilation() > 1) {
        throw new IllegalArgumentException(
            "%s is a dilated pooling, which cannot be trained. Use a larger window."
                .formatted(place.node().name()));
      }
      boolean loops = place.memory().allowsLoops();
      return switch (layer.kind()) {
        case MAX ->
            loops
                ? new MaxPoolingKernel(place, layer.window())
                : new OperationMaxPoolingKernel(place, layer.window());
        case AVERAGE ->
            loops
                ? new AveragePoolingKernel(place, layer.window())
                : new OperationAveragePoolingKernel(place, layer.window());
      };
    }

    @Override
    public Kernel globalAveragePooling(Layer.GlobalAveragePooling layer) {
      return new GlobalAveragePoolingKernel(place);
    }

    @Override
    public Kernel dense(Layer.Dense layer) {
      return new DenseKernel(place);
    }

    @Override
    public Kernel add(Layer.Add layer) {
      return new AddKernel(place);
    }

    @Override
    public Kernel multiply(Layer.Multiply layer) {
      return new MultiplyKernel(place);
    }

    @Override
    public Kernel concat(Layer.Concat layer) {
      return new ConcatKernel(place);
    }

    @Override
    public Kernel shift(Layer.Shift layer) {
      return new ShiftKernel(place);
    }

    @Override
    public Kernel channelShuffle(Layer.ChannelShuffle layer) {
      return new ChannelShuffleKernel(place, layer.groups());
    }

    @Override
    public Kernel dropout(Layer.Dropout layer) {
      return new DropKernel(place, progress -> layer.keep(), false);
    }

    @Override
    public Kernel dropPath(Layer.DropPath layer) {
      return new DropKernel(place, progress -> progress.keep(layer.depth()), true);
    }
  }
}
