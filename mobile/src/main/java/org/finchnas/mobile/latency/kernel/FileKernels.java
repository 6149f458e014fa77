package org.finchnas.mobile.latency.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.finchnas.mobile.graph.TapCount;
import org.finchnas.searchspace.network.Layer;
import org.finchnas.searchspace.network.Padding;
import org.finchnas.searchspace.network.PoolingKind;
import org.finchnas.searchspace.network.Shape;
import org.finchnas.searchspace.network.Window;

/**
 * The kernels of each layer in the TFLite file in single precision that Finch writes: those of
 * {@code mobile.tflite.graph}, whose tests hold this class to the files. What only renames
 * dimensions (RESHAPE) is none.
 */
final class FileKernels extends LayerKernels {

  private static final Window ONE = Window.square(1, 1, 0);

  FileKernels(FusedNode node) {
    super(node);
  }

  /** The normalisation. */
  @Override
  public List<Kernel> input(Layer.Input layer) {
    return List.of(depthwise(":normalized", layer.shape(), layer.shape(), ONE));
  }

  @Override
  public List<Kernel> convolution(Layer.Convolution layer) {
    return padded(layer.window(), super.convolution(layer).get(0));
  }

  /** With a copy before it where the padding has no name. */
  private List<Kernel> padded(Window window, Kernel kernel) {
    return isNamed(window, node.input())
        ? List.of(kernel)
        : List.of(pad(":padded", window.padding()), kernel);
  }

  private static boolean isNamed(Window window, Shape in) {
    return window.padding().equals(Padding.NONE) || window.isSame(in);
  }

  private Kernel pad(String role, Padding padding) {
    Shape in = node.input();
    Shape larger =
        new Shape(
            in.channels(),
            in.height() + padding.top() + padding.bottom(),
            in.width() + padding.left() + padding.right());
    return plain(role, KernelKind.COPY, larger, in.elements());
  }

  @Override
  public List<Kernel> activation(Layer.Activation layer) {
    long values = node.shape().elements();
    return switch (layer.function()) {
      case RELU, RELU6, LEAKY_RELU, SIGMOID, HARD_SWISH -> super.activation(layer);
      case HARD_SIGMOID ->
          List.of(
              plain(":risen", KernelKind.ELEMENTWISE, node.shape(), values),
              plain("", KernelKind.ELEMENTWISE, node.shape(), values));
      case SWISH ->
          List.of(
              plain(":gate", KernelKind.EXPONENTIAL, node.shape(), values),
              plain("", KernelKind.ELEMENTWISE, node.shape(), 2 * values));
    };
  }

  @Override
  public List<Kernel> pooling(Layer.Pooling layer) {
    Window window = layer.window();
    boolean skipping = taps(window) == 1;
    if (layer.kind() == PoolingKind.AVERAGE) {
      boolean plain = !skipping && window.dilation() == 1 && isNamed(window, node.input());
      return plain ? super.pooling(layer) : averageByConvolution(window);
    }
    if (skipping && window.padding().equals(Padding.NONE)) {
      return averageByConvolution(window);
    }
    return window.dilation() > 1
        ? dilatedMaximum(window)
        : padded(window, super.pooling(layer).get(0));
  }

  private List<Kernel> averageByConvolution(Window window) {
    boolean counted = seesPadding(window);
    List<Kernel> mean =
        padded(
            window, depthwise(counted ? ":zero_padded" : "", node.input(), node.shape(), window));
    if (!counted) {
      return mean;
    }
    Kernel corrected =
        plain("", KernelKind.ELEMENTWISE, node.shape(), node.shape().elements() + node.pixels());
    return Stream.concat(mean.stream(), Stream.of(corrected)).toList();
  }

  private boolean seesPadding(Window window) {
    for (float count : TapCount.of(window, node.input(), node.shape())) {
      if (count < taps(window)) {
        return true;
      }
    }
    return false;
  }

  /** The larger of cuts, along the rows and then along the columns. */
  private List<Kernel> dilatedMaximum(Window window) {
    List<Kernel> kernels = new ArrayList<>();
    Shape high = node.input();
    if (!window.padding().equals(Padding.NONE)) {
      kernels.add(pad(":padded", window.padding()));
      int rows = high.height() + window.padding().top() + window.padding().bottom();
      high = new Shape(high.channels(), rows, high.width());
    }
    Shape ofRows = new Shape(high.channels(), high.height(), node.shape().width());
    cuts(kernels, ":of_rows", window.kernelWidth(), ofRows);
    cuts(kernels, "", window.kernelHeight(), node.shape());
    return kernels;
  }

  private void cuts(List<Kernel> kernels, String role, int count, Shape out) {
    for (int i = 0; i < count; i++) {
      kernels.add(plain(role + ":cut_" + i, KernelKind.COPY, out, out.elements()));
      if (i > 0) {
        kernels.add(plain(role + ":largest_" + i, KernelKind.ELEMENTWISE, out, 2 * out.elements()));
      }
    }
  }

  /** Padded, then cut. */
  @Override
  public List<Kernel> shift(Layer.Shift layer) {
    return List.of(
        pad(":padded", new Padding(0, 0, 1, 1)),
        plain("", KernelKind.COPY, node.shape(), node.shape().elements()));
  }
}
