package org.finchnas.worker.proxy;

import org.finchnas.searchspace.network.ActivationFunction;
import org.finchnas.searchspace.network.Layer;
import org.finchnas.searchspace.network.Network;
import org.finchnas.searchspace.network.NetworkBuilder;
import org.finchnas.searchspace.network.PoolingKind;
import org.finchnas.searchspace.network.Shape;
import org.finchnas.searchspace.network.Window;

/** Small networks to score. */
final class Nets {
  static final Shape IMAGE = new Shape(2, 5, 4);

  private Nets() {}

  /** Two convolutions with rectifiers, a classifier. */
  static Network plain() {
    NetworkBuilder builder = new NetworkBuilder("plain", IMAGE);
    int first = relu(builder, "first", conv(builder, "first", 0, 3, 3, 1));
    int second = relu(builder, "second", conv(builder, "second", first, 4, 3, 2));
    return classifier(builder, second);
  }

  /** Branches of different depth with pools, a depthwise convolution, a sum, a concatenation. */
  static Network branches(boolean whole) {
    NetworkBuilder builder = new NetworkBuilder("branches", IMAGE);
    int stem = norm(builder, "stem", conv(builder, "stem", 0, 4, 3, 1), whole);
    int left = whole ? relu(builder, "left", stem) : stem;
    Window window = Window.same(builder.shape(left), 3, 1, 1);
    int deep = builder.add("left/depthwise", new Layer.Convolution(4, window, 4, false), left);
    deep = norm(builder, "left", conv(builder, "left/point", deep, 4, 1, 1), whole);
    if (whole) {
      deep = builder.add("left/drop", new Layer.DropPath(0.5), deep);
    }
    int max = builder.add("max", new Layer.Pooling(PoolingKind.MAX, window), stem);
    int average = builder.add("average", new Layer.Pooling(PoolingKind.AVERAGE, window), stem);
    int sum = builder.add("sum", new Layer.Add(), deep, max);
    int both = builder.add("both", new Layer.Concat(), sum, average, stem);
    if (whole) {
      both = builder.add("dropout", new Layer.Dropout(0.5), relu(builder, "last", both));
    }
    return classifier(builder, both);
  }

  private static Network classifier(NetworkBuilder builder, int input) {
    int pooled = builder.add("pool", new Layer.GlobalAveragePooling(), input);
    return builder.build(builder.add("logits", new Layer.Dense(3, true), pooled));
  }

  static int conv(
      NetworkBuilder builder, String name, int input, int filters, int kernel, int stride) {
    Window window = Window.same(builder.shape(input), kernel, stride, 1);
    return builder.add(name + "/conv", new Layer.Convolution(filters, window, 1, false), input);
  }

  static int relu(NetworkBuilder builder, String name, int input) {
    return builder.add(name + "/relu", new Layer.Activation(ActivationFunction.RELU), input);
  }

  private static int norm(NetworkBuilder builder, String name, int input, boolean whole) {
    return whole ? builder.add(name + "/norm", new Layer.BatchNorm(1e-3, 0.9), input) : input;
  }
}
