package org.finchnas.mobile.latency.kernel;

import java.util.List;
import java.util.stream.IntStream;
import org.finchnas.searchspace.network.Layer;
import org.finchnas.searchspace.network.PoolingKind;
import org.finchnas.searchspace.network.Shape;
import org.finchnas.searchspace.network.Window;

/** The kernel of each layer, where a layer is one kernel or none. */
class LayerKernels implements Layer.Cases<List<Kernel>> {

  /** Of 5x5, the largest window that XNNPACK filters channels with in one pass. */
  private static final int FAST_TAPS = 25;

  final FusedNode node;

  LayerKernels(FusedNode node) {
    this.node = node;
  }

  final Kernel plain(String role, KernelKind kind, Shape out, long read) {
    long pixels = (long) out.height() * out.width();
    return Kernel.plain(node.name() + role, kind, pixels, out.channels(), read);
  }

  private List<Kernel> plain(KernelKind kind) {
    return List.of(plain("", kind, node.shape(), node.read()));
  }

  final Kernel depthwise(String role, Shape in, Shape out, Window window) {
    return new Kernel(
        node.name() + role,
        depthwiseKind(taps(window)),
        (long) out.height() * out.width(),
        out.channels(),
        taps(window),
        1,
        in.elements(),
        out.channels() * taps(window));
  }

  private static KernelKind depthwiseKind(long taps) {
    if (taps == 1) {
      return KernelKind.SCALE;
    }
    return taps <= FAST_TAPS ? KernelKind.DEPTHWISE : KernelKind.DEPTHWISE_LARGE;
  }

  static long taps(Window window) {
    return (long) window.kernelHeight() * window.kernelWidth();
  }

  @Override
  public List<Kernel> input(Layer.Input layer) {
    return List.of();
  }

  @Override
  public List<Kernel> convolution(Layer.Convolution layer) {
    return List.of(convolution(layer, node.input()));
  }

  final Kernel convolution(Layer.Convolution layer, Shape in) {
    if (layer.isDepthwise(in)) {
      return depthwise("", in, node.shape(), layer.window());
    }
    long depth = (long) in.channels() / layer.groups() * taps(layer.window());
    return new Kernel(
        node.name(),
        kind(layer),
        node.pixels(),
        layer.filters(),
        depth,
        layer.groups(),
        in.elements(),
        depth * layer.filters());
  }

  private KernelKind kind(Layer.Convolution layer) {
    Window window = layer.window();
    boolean onePixel = taps(window) == 1 && node.pixels() == 1 && node.input().height() == 1;
    boolean dense = window.strideHeight() == 1 && window.strideWidth() == 1;
    boolean square = window.kernelHeight() == 3 && window.kernelWidth() == 3;
    if (layer.groups() > 1) {
      return KernelKind.GROUPED;
    }
    if (onePixel) {
      return KernelKind.DENSE;
    }
    if (dense && square && window.dilation() == 1) {
      return KernelKind.CONVOLUTION_3X3;
    }
    return dense && taps(window) == 1 ? KernelKind.POINTWISE : KernelKind.CONVOLUTION;
  }

  @Override
  public List<Kernel> transposedConvolution(Layer.TransposedConvolution layer) {
    throw new IllegalArgumentException(
        "%s: networks that enlarge maps, such as u-net, cannot be exported, so they have no latency."
            .formatted(node.name()));
  }

  @Override
  public List<Kernel> batchNorm(Layer.BatchNorm layer) {
    return List.of(depthwise("", node.input(), node.shape(), Window.square(1, 1, 0)));
  }

  @Override
  public List<Kernel> activation(Layer.Activation layer) {
    return switch (layer.function()) {
      case RELU, RELU6, LEAKY_RELU, HARD_SIGMOID, HARD_SWISH -> plain(KernelKind.ACTIVATION);
      case SIGMOID, SWISH -> plain(KernelKind.EXPONENTIAL);
    };
  }

  @Override
  public List<Kernel> pooling(Layer.Pooling layer) {
    return List.of(pool(node.input(), layer));
  }

  private Kernel pool(Shape in, Layer.Pooling layer) {
    Window window = layer.window();
    return new Kernel(
        node.name(),
        layer.kind() == PoolingKind.MAX ? KernelKind.MAX_POOLING : KernelKind.AVERAGE_POOLING,
        node.pixels(),
        node.shape().channels(),
        taps(window),
        1,
        in.elements(),
        0);
  }

  @Override
  public List<Kernel> globalAveragePooling(Layer.GlobalAveragePooling layer) {
    return plain(KernelKind.GLOBAL_POOLING);
  }

  @Override
  public List<Kernel> dense(Layer.Dense layer) {
    long depth = node.input().elements();
    return List.of(
        new Kernel(
            node.name(),
            KernelKind.DENSE,
            1,
            layer.units(),
            depth,
            1,
            depth,
            depth * layer.units()));
  }

  /** Two at a time. */
  @Override
  public List<Kernel> add(Layer.Add layer) {
    return IntStream.range(1, node.inputs().size())
        .mapToObj(
            i ->
                plain(
                    i == node.inputs().size() - 1 ? "" : ":sum_" + i,
                    KernelKind.ELEMENTWISE,
                    node.shape(),
                    2 * node.shape().elements()))
        .toList();
  }

  @Override
  public List<Kernel> multiply(Layer.Multiply layer) {
    return plain(KernelKind.ELEMENTWISE);
  }

  @Override
  public List<Kernel> concat(Layer.Concat layer) {
    return plain(KernelKind.CONCAT);
  }

  @Override
  public List<Kernel> shift(Layer.Shift layer) {
    return plain(KernelKind.COPY);
  }

  @Override
  public List<Kernel> channelShuffle(Layer.ChannelShuffle layer) {
    return plain(KernelKind.SHUFFLE);
  }

  @Override
  public List<Kernel> dropout(Layer.Dropout layer) {
    return List.of();
  }

  @Override
  public List<Kernel> dropPath(Layer.DropPath layer) {
    return List.of();
  }
}
