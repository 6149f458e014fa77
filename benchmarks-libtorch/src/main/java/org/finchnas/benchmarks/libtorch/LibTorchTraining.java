package org.finchnas.benchmarks.libtorch;

import java.util.HashMap;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.SGD;
import org.bytedeco.pytorch.SGDOptions;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.finchnas.searchspace.network.Network;
import org.finchnas.searchspace.network.Node;
import org.finchnas.searchspace.network.Shape;
import org.finchnas.searchspace.network.Weight;

/** Trains a network with LibTorch on one batch of noise: SGD with momentum and weight decay. */
final class LibTorchTraining {

  private static final double LEARNING_RATE = 0.01;
  private static final double INITIAL_DEVIATION = 0.05;

  private final Network network;
  private final Map<String, Tensor> weights = new HashMap<>();
  private final SGD optimizer;
  private final Tensor images;
  private final Tensor labels;

  LibTorchTraining(Network network, int batch, torch.MemoryFormat format) {
    this.network = network;
    TensorVector trainable = new TensorVector();
    for (Node node : network.nodes()) {
      for (Weight weight : network.weights(node)) {
        Tensor tensor = initial(weight, format);
        weights.put(node.name() + "/" + weight.name(), tensor);
        if (weight.trainable()) {
          trainable.push_back(tensor.set_requires_grad(true));
        }
      }
    }
    SGDOptions options = new SGDOptions(LEARNING_RATE);
    options.momentum().put(0.9);
    options.weight_decay().put(5e-4);
    this.optimizer = new SGD(trainable, options);
    Shape shape = network.input();
    this.images =
        torch.randn(batch, shape.channels(), shape.height(), shape.width()).contiguous(format);
    this.labels = torch.rand(batch).mul(new Scalar(network.classes())).to(torch.ScalarType.Long);
  }

  private static Tensor initial(Weight weight, torch.MemoryFormat format) {
    long[] shape = weight.shape().stream().mapToLong(Integer::longValue).toArray();
    return switch (weight.name()) {
      case "gamma", "variance" -> torch.ones(shape);
      case "beta", "mean", "bias" -> torch.zeros(shape);
      default -> {
        Tensor noise = torch.randn(shape).mul(new Scalar(INITIAL_DEVIATION));
        yield shape.length == 4 ? noise.contiguous(format) : noise;
      }
    };
  }

  /** One step of training. */
  void step() {
    try (PointerScope scope = new PointerScope()) {
      optimizer.zero_grad();
      Tensor loss =
          torch.cross_entropy_loss(LibTorchForward.run(network, weights, images, true), labels);
      loss.backward();
      optimizer.step();
      if (Float.isNaN(loss.item_float())) {
        throw new IllegalStateException("The LibTorch peer diverged on " + network.name() + ".");
      }
    }
  }

  /**
   * @param name {@code contiguous} or {@code channels-last}
   */
  static torch.MemoryFormat layout(String name) {
    return "channels-last".equals(name)
        ? torch.MemoryFormat.ChannelsLast
        : torch.MemoryFormat.Contiguous;
  }
}
