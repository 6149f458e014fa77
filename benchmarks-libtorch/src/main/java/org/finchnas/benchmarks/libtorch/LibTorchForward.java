package org.finchnas.benchmarks.libtorch;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.finchnas.searchspace.network.ActivationFunction;
import org.finchnas.searchspace.network.Layer;
import org.finchnas.searchspace.network.Network;
import org.finchnas.searchspace.network.Node;
import org.finchnas.searchspace.network.Padding;
import org.finchnas.searchspace.network.PoolingKind;
import org.finchnas.searchspace.network.Shape;
import org.finchnas.searchspace.network.Window;

/** One node's computation, said in LibTorch's own operators. */
final class LibTorchForward implements Layer.Cases<Tensor> {

  private final Network network;
  private final Map<String, Tensor> weights;
  private final Node node;
  private final List<Tensor> inputs;
  private final boolean training;

  private LibTorchForward(
      Network network,
      Map<String, Tensor> weights,
      Node node,
      List<Tensor> inputs,
      boolean training) {
    this.network = network;
    this.weights = weights;
    this.node = node;
    this.inputs = inputs;
    this.training = training;
  }

  /**
   * What a network makes of images. A tensor is let go as soon as nothing reads it any more, as a
   * network in PyTorch does.
   *
   * @param training whether batch normalisation takes the batch's statistics, not the running ones
   */
  static Tensor run(Network network, Map<String, Tensor> weights, Tensor images, boolean training) {
    int[] lastReaders = lastReaders(network);
    List<Tensor> outputs = new ArrayList<>();
    for (Node node : network.nodes()) {
      List<Tensor> inputs =
          node.index() == 0 ? List.of(images) : node.inputs().stream().map(outputs::get).toList();
      outputs.add(
          node.layer().match(new LibTorchForward(network, weights, node, inputs, training)));
      for (int input : Set.copyOf(node.inputs())) {
        if (input > 0 && lastReaders[input] == node.index()) {
          outputs.get(input).close();
        }
      }
    }
    return outputs.get(outputs.size() - 1);
  }

  private static int[] lastReaders(Network network) {
    int[] last = new int[network.nodes().size()];
    for (Node node : network.nodes()) {
      node.inputs().forEach(input -> last[input] = node.index());
    }
    return last;
  }

  private Tensor x() {
    return inputs.get(0);
  }

  private TensorOptional weight(String name) {
    Tensor tensor = weights.get(node.name() + "/" + name);
    return tensor == null ? new TensorOptional() : new TensorOptional(tensor);
  }

  @Override
  public Tensor input(Layer.Input layer) {
    return x();
  }

  @Override
  public Tensor convolution(Layer.Convolution layer) {
    Window window = layer.window();
    Padding padding = window.padding();
    Tensor source = x();
    long[] symmetric = {padding.top(), padding.left()};
    if (!isSymmetric(padding)) {
      source = padded(source, padding, 0);
      symmetric = new long[] {0, 0};
    }
    return torch.conv2d(
        source,
        weight("weights").get(),
        weight("bias"),
        new long[] {window.strideHeight(), window.strideWidth()},
        symmetric,
        new long[] {window.dilation(), window.dilation()},
        layer.groups());
  }

  @Override
  public Tensor transposedConvolution(Layer.TransposedConvolution layer) {
    throw new IllegalArgumentException(
        node.name() + ": Finch trains no such layer to compare with.");
  }

  @Override
  public Tensor batchNorm(Layer.BatchNorm layer) {
    return torch.batch_norm(
        x(),
        weight("gamma"),
        weight("beta"),
        weight("mean"),
        weight("variance"),
        training,
        1 - layer.decay(),
        layer.epsilon(),
        false);
  }

  @Override
  public Tensor activation(Layer.Activation layer) {
    return switch (layer.function()) {
      case RELU -> torch.relu(x());
      case LEAKY_RELU -> torch.leaky_relu(x(), new Scalar(ActivationFunction.LEAK));
      case RELU6 -> torch.hardtanh(x(), new Scalar(0.0), new Scalar(6.0));
      case SIGMOID -> torch.sigmoid(x());
      case HARD_SIGMOID -> torch.hardsigmoid(x());
      case SWISH -> torch.silu(x());
      case HARD_SWISH -> torch.hardswish(x());
    };
  }

  @Override
  public Tensor pooling(Layer.Pooling layer) {
    Window window = layer.window();
    Padding padding = window.padding();
    boolean average = layer.kind() == PoolingKind.AVERAGE;
    if (average && !isSymmetric(padding)) {
      return averageWithoutPadding(window);
    }
    Tensor source = x();
    long[] symmetric = {padding.top(), padding.left()};
    if (!isSymmetric(padding)) {
      source = padded(source, padding, Double.NEGATIVE_INFINITY);
      symmetric = new long[] {0, 0};
    }
    long[] kernel = {window.kernelHeight(), window.kernelWidth()};
    long[] stride = {window.strideHeight(), window.strideWidth()};
    return average
        ? torch.avg_pool2d(source, kernel, stride, symmetric, false, false, new LongOptional())
        : torch.max_pool2d(source, kernel, stride, symmetric, new long[] {1, 1}, false);
  }

  /** LibTorch has no asymmetric padding: the sum of the padded image over the counts of ones. */
  private Tensor averageWithoutPadding(Window window) {
    long[] kernel = {window.kernelHeight(), window.kernelWidth()};
    long[] stride = {window.strideHeight(), window.strideWidth()};
    Shape shape = network.inputShapes(node).get(0);
    Tensor ones = padded(torch.ones(1, 1, shape.height(), shape.width()), window.padding(), 0);
    LongOptional divisor = new LongOptional(1);
    long[] none = {0, 0};
    Tensor sums =
        torch.avg_pool2d(
            padded(x(), window.padding(), 0), kernel, stride, none, false, true, divisor);
    return sums.div(torch.avg_pool2d(ones, kernel, stride, none, false, true, divisor));
  }

  @Override
  public Tensor globalAveragePooling(Layer.GlobalAveragePooling layer) {
    return torch.adaptive_avg_pool2d(x(), 1, 1);
  }

  @Override
  public Tensor dense(Layer.Dense layer) {
    return torch.linear(torch.flatten(x(), 1, -1), weight("weights").get(), weight("bias"));
  }

  @Override
  public Tensor add(Layer.Add layer) {
    Tensor sum = x();
    for (Tensor other : inputs.subList(1, inputs.size())) {
      sum = sum.add(other);
    }
    return sum;
  }

  @Override
  public Tensor multiply(Layer.Multiply layer) {
    return x().mul(inputs.get(1));
  }

  @Override
  public Tensor concat(Layer.Concat layer) {
    return torch.cat(new TensorVector(inputs.toArray(Tensor[]::new)), 1);
  }

  @Override
  public Tensor shift(Layer.Shift layer) {
    return torch.constant_pad_nd(x(), -1, 1, -1, 1);
  }

  @Override
  public Tensor channelShuffle(Layer.ChannelShuffle layer) {
    return torch.channel_shuffle(x(), layer.groups());
  }

  @Override
  public Tensor dropout(Layer.Dropout layer) {
    return new Tensor(x());
  }

  @Override
  public Tensor dropPath(Layer.DropPath layer) {
    return new Tensor(x());
  }

  private static boolean isSymmetric(Padding padding) {
    return padding.top() == padding.bottom() && padding.left() == padding.right();
  }

  private static Tensor padded(Tensor tensor, Padding padding, double value) {
    long[] sides = {padding.left(), padding.right(), padding.top(), padding.bottom()};
    return torch.constant_pad_nd(tensor, sides, new Scalar(value));
  }
}
