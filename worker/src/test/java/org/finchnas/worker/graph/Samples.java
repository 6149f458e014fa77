package org.finchnas.worker.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.finchnas.evaluation.TrainingParams;
import org.finchnas.searchspace.Architecture;
import org.finchnas.searchspace.Block;
import org.finchnas.searchspace.Cell;
import org.finchnas.searchspace.Macro;
import org.finchnas.searchspace.Operation;
import org.finchnas.searchspace.OperationSet;
import org.finchnas.searchspace.Stem;
import org.finchnas.searchspace.network.ActivationFunction;
import org.finchnas.searchspace.network.Layer;
import org.finchnas.searchspace.network.Network;
import org.finchnas.searchspace.network.NetworkBuilder;
import org.finchnas.searchspace.network.Node;
import org.finchnas.searchspace.network.Normalization;
import org.finchnas.searchspace.network.Padding;
import org.finchnas.searchspace.network.PoolingKind;
import org.finchnas.searchspace.network.Shape;
import org.finchnas.searchspace.network.Tensor;
import org.finchnas.searchspace.network.TrainedNetwork;
import org.finchnas.searchspace.network.Weight;
import org.finchnas.searchspace.network.Window;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Layers, networks, weights and images to test with. */
public final class Samples {
  private Samples() {}

  /** A layer that reads a 4 x 5 x 7 map. */
  public record Sample(String name, Layer layer) {
    @Override
    public String toString() {
      return name;
    }
  }

  public static final Shape ODD = new Shape(4, 5, 7);

  /** Plain training: no decay, no clipping, so that gradients are those of the loss. */
  public static final TrainingParams PLAIN = new TrainingParams(4, 0.1, 0.9, 0, 0.7, 0, false, 0);

  /** Every kind of layer with one input, at odd sizes. */
  public static Stream<Sample> layers() {
    return Stream.of(convolutions(), depthwise(), pooling(), others(), activations())
        .flatMap(samples -> samples);
  }

  private static Stream<Sample> convolutions() {
    return Stream.of(
        convolution("3x3 same", 6, Window.same(ODD, 3, 1, 1), 1, true),
        convolution("3x3 same stride 2", 6, Window.same(ODD, 3, 2, 1), 1, false),
        convolution("3x3 same dilation 2", 6, Window.same(ODD, 3, 1, 2), 1, false),
        convolution("3x3 same dilation 2 stride 2", 6, Window.same(ODD, 3, 2, 2), 1, false),
        convolution("1x3 same", 6, Window.same(ODD, 1, 3, 1, 1, 1), 1, false),
        convolution("5x3 stride 2x1", 6, Window.same(ODD, 5, 3, 2, 1, 1), 1, false),
        convolution("3x3 valid", 6, Window.square(3, 1, 0), 1, true),
        convolution("3x3 padding 1 stride 2", 6, Window.square(3, 2, 1), 1, true),
        convolution("2x2 same", 6, Window.same(ODD, 2, 1, 1), 1, true),
        convolution("1x1", 6, Window.square(1, 1, 0), 1, false),
        convolution("1x1 stride 2", 6, Window.square(1, 2, 0), 1, false),
        convolution("asymmetric", 6, asymmetric(3, 2, 1), 1, true),
        convolution("asymmetric dilated", 6, asymmetric(2, 1, 2), 1, true),
        convolution("2 groups", 6, Window.same(ODD, 3, 2, 1), 2, true),
        convolution("2 groups asymmetric", 6, asymmetric(3, 1, 1), 2, false),
        convolution("2 groups dilated", 6, Window.same(ODD, 3, 1, 2), 2, true));
  }

  private static Stream<Sample> depthwise() {
    return Stream.of(
        convolution("depthwise 3x3", 4, Window.same(ODD, 3, 1, 1), 4, false),
        convolution("depthwise 5x5 stride 2", 4, Window.same(ODD, 5, 2, 1), 4, true),
        convolution("depthwise 7x1", 4, Window.same(ODD, 7, 1, 1, 1, 1), 4, true),
        convolution("depthwise dilated", 4, Window.same(ODD, 3, 1, 2), 4, false),
        convolution("depthwise dilated stride 2", 4, Window.same(ODD, 3, 2, 2), 4, false),
        convolution("depthwise asymmetric", 4, asymmetric(3, 2, 1), 4, false),
        convolution("depthwise padding 1 stride 2", 4, Window.square(3, 2, 1), 4, false),
        convolution("depthwise valid", 4, Window.square(3, 1, 0), 4, false),
        convolution("depthwise multiplier 2", 8, Window.same(ODD, 3, 1, 1), 4, true));
  }

  private static Stream<Sample> pooling() {
    return Stream.of(PoolingKind.values())
        .flatMap(
            kind ->
                Stream.of(
                    pooling("same", kind, Window.same(ODD, 3, 1, 1)),
                    pooling("same stride 2", kind, Window.same(ODD, 3, 2, 1)),
                    pooling("wider than the map", kind, Window.same(ODD, 17, 1, 1)),
                    pooling("wider than the map stride 2", kind, Window.same(ODD, 17, 2, 1)),
                    pooling("2x3", kind, Window.same(ODD, 2, 3, 2, 1, 1)),
                    pooling("padding 1 stride 2", kind, Window.square(3, 2, 1)),
                    pooling("2x3 valid", kind, new Window(2, 3, 2, 1, 1, Padding.NONE)),
                    pooling("asymmetric", kind, asymmetric(3, 2, 1))));
  }

  private static Stream<Sample> others() {
    return Stream.of(
        new Sample("global average pooling", new Layer.GlobalAveragePooling()),
        new Sample("batch norm", new Layer.BatchNorm(1e-3, 0.9)),
        new Sample("dense", new Layer.Dense(5, true)),
        new Sample("dense without bias", new Layer.Dense(5, false)),
        new Sample("shift", new Layer.Shift()),
        new Sample("channel shuffle", new Layer.ChannelShuffle(2)),
        new Sample("dropout", new Layer.Dropout(0.6)),
        new Sample("drop-path", new Layer.DropPath(0.8)));
  }

  private static Stream<Sample> activations() {
    return Stream.of(ActivationFunction.values())
        .map(function -> new Sample(function.name(), new Layer.Activation(function)));
  }

  private static Sample convolution(
      String name, int filters, Window window, int groups, boolean bias) {
    return new Sample(name, new Layer.Convolution(filters, window, groups, bias));
  }

  private static Sample pooling(String name, PoolingKind kind, Window window) {
    return new Sample(kind + " " + name, new Layer.Pooling(kind, window));
  }

  public static Window asymmetric(int kernel, int stride, int dilation) {
    return new Window(kernel, kernel, stride, stride, dilation, new Padding(0, 2, 1, 0));
  }

  /** The layer between a convolution that feeds it and a dense layer that reads it. */
  public static Network around(Layer layer) {
    NetworkBuilder builder = new NetworkBuilder("around", new Shape(3, ODD.height(), ODD.width()));
    int before =
        builder.add(
            "before", new Layer.Convolution(ODD.channels(), Window.square(1, 1, 0), 1, true), 0);
    int tested = builder.add("tested", layer, before);
    return builder.build(builder.add("after", new Layer.Dense(3, true), tested));
  }

  /** Small cells that do nothing but one operation, with each of the activations in turn. */
  public static Stream<Network> mobileOperations(ActivationFunction... activations) {
    List<Operation> operations = OperationSet.MOBILE.operations();
    return IntStream.range(0, operations.size())
        .mapToObj(
            i -> {
              Operation operation = operations.get(i);
              Cell cell = Cell.ofBlocks(List.of(new Block(0, operation, 1, operation)));
              Macro macro =
                  new Macro(1, 4, Stem.CIFAR, 8)
                      .with(activations[i % activations.length], i % 2 == 1);
              return new Architecture(cell, cell, macro).assemble(new Shape(3, 8, 8), 4);
            });
  }

  /**
   * Two cells in the manner of NASNet with all that they need: separable convolutions, pools, adds
   * of a node to itself, factorized reduction, squeeze-and-excite, drop-path, concatenation.
   */
  public static Network cells() {
    NetworkBuilder builder = new NetworkBuilder("cells", new Shape(3, 8, 8));
    int stem = conv(builder, "stem", 0, 6, 3);
    int first = cell(builder, "cell_1", stem, stem, 1, 4);
    int reduced = reduction(builder, "cell_2/align", stem, 6);
    int second = cell(builder, "cell_2", first, reduced, 2, 6);
    int pooled = builder.add("pool", new Layer.GlobalAveragePooling(), second);
    int dropped = builder.add("dropout", new Layer.Dropout(0.8), pooled);
    return builder.build(builder.add("logits", new Layer.Dense(4, true), dropped));
  }

  /**
   * An inverted residual in the manner of MobileNetV2, whose activations follow batch
   * normalisations, and a hidden state that several equal ReLUs and pools read, the pools each with
   * a drop-path of its own.
   */
  public static Network residual() {
    NetworkBuilder builder = new NetworkBuilder("residual", new Shape(3, 6, 6));
    int stem = normalised(builder, "stem", 0, 4, Window.same(builder.shape(0), 3, 1, 1), 1);
    int first = builder.add("stem/relu", relu(), stem);
    Layer relu6 = new Layer.Activation(ActivationFunction.RELU6);
    int wide = normalised(builder, "expand", first, 8, Window.square(1, 1, 0), 1);
    int active = builder.add("expand/relu6", relu6, wide);
    Window same = Window.same(builder.shape(active), 3, 1, 1);
    int deep =
        builder.add("depthwise/relu6", relu6, normalised(builder, "depthwise", active, 8, same, 8));
    int narrow = normalised(builder, "project", deep, 4, Window.square(1, 1, 0), 1);
    int sum = builder.add("sum", new Layer.Add(), first, narrow);
    int left = separable(builder, "left", sum, 4, 1);
    int right = conv(builder, "right", sum, 4, 1);
    int pool = builder.add("pool_1", new Layer.Pooling(PoolingKind.AVERAGE, same), sum);
    int again = builder.add("pool_2", new Layer.Pooling(PoolingKind.AVERAGE, same), sum);
    int path = builder.add("path_1", new Layer.DropPath(0.5), pool);
    int other = builder.add("path_2", new Layer.DropPath(0.5), again);
    int both = builder.add("both", new Layer.Add(), left, right, path, other);
    int last = builder.add("last/relu", relu(), both);
    int pooled = builder.add("pooled", new Layer.GlobalAveragePooling(), last);
    return builder.build(builder.add("logits", new Layer.Dense(4, true), pooled));
  }

  private static int normalised(
      NetworkBuilder b, String name, int input, int filters, Window window, int groups) {
    int conv = b.add(name, new Layer.Convolution(filters, window, groups, false), input);
    return b.add(name + "/norm", new Layer.BatchNorm(1e-3, 0.9), conv);
  }

  private static int cell(NetworkBuilder b, String name, int left, int right, int stride, int f) {
    int x = conv(b, name + "/left", left, f, 1);
    int y = conv(b, name + "/right", right, f, 1);
    int separable = separable(b, name + "/separable", x, f, stride);
    int path = b.add(name + "/path", new Layer.DropPath(0.5), separable);
    Window window = Window.same(b.shape(x), 3, stride, 1);
    int max = b.add(name + "/max", new Layer.Pooling(PoolingKind.MAX, window), x);
    int average = b.add(name + "/average", new Layer.Pooling(PoolingKind.AVERAGE, window), x);
    int sum = b.add(name + "/sum", new Layer.Add(), path, max);
    Window right2 = Window.same(b.shape(y), 1, b.shape(y).height() / b.shape(sum).height(), 1);
    int matched = b.add(name + "/matched", new Layer.Pooling(PoolingKind.MAX, right2), y);
    int twice = b.add(name + "/twice", new Layer.Add(), matched, matched);
    int squeezed = squeeze(b, name + "/squeeze", sum);
    int last = b.add(name + "/last", new Layer.Add(), average, squeezed, sum);
    return b.add(name + "/concat", new Layer.Concat(), last, twice, sum);
  }

  private static int conv(NetworkBuilder b, String name, int input, int filters, int kernel) {
    int relu = input == 0 ? 0 : b.add(name + "/relu", relu(), input);
    Window window = Window.same(b.shape(input), kernel, 1, 1);
    int conv = b.add(name + "/conv", new Layer.Convolution(filters, window, 1, false), relu);
    return b.add(name + "/norm", new Layer.BatchNorm(1e-3, 0.9), conv);
  }

  private static int separable(NetworkBuilder b, String name, int input, int f, int stride) {
    int relu = b.add(name + "/relu", relu(), input);
    Window window = Window.same(b.shape(input), 3, stride, 1);
    int depthwise = b.add(name + "/depthwise", new Layer.Convolution(f, window, f, false), relu);
    int pointwise =
        b.add(
            name + "/pointwise",
            new Layer.Convolution(f, Window.square(1, 1, 0), 1, false),
            depthwise);
    return b.add(name + "/norm", new Layer.BatchNorm(1e-3, 0.9), pointwise);
  }

  private static int reduction(NetworkBuilder b, String name, int input, int filters) {
    int relu = b.add(name + "/relu", relu(), input);
    int shifted = b.add(name + "/shift", new Layer.Shift(), relu);
    Layer.Pooling pick = new Layer.Pooling(PoolingKind.AVERAGE, Window.square(1, 2, 0));
    Layer.Convolution half = new Layer.Convolution(filters / 2, Window.square(1, 1, 0), 1, false);
    int left = b.add(name + "/left/conv", half, b.add(name + "/left/pick", pick, relu));
    int right = b.add(name + "/right/conv", half, b.add(name + "/right/pick", pick, shifted));
    int both = b.add(name + "/both", new Layer.Concat(), left, right);
    return b.add(name + "/norm", new Layer.BatchNorm(1e-3, 0.9), both);
  }

  private static int squeeze(NetworkBuilder b, String name, int input) {
    int channels = b.shape(input).channels();
    int pooled = b.add(name + "/pool", new Layer.GlobalAveragePooling(), input);
    Layer.Convolution narrow = new Layer.Convolution(2, Window.square(1, 1, 0), 1, true);
    Layer.Convolution wide = new Layer.Convolution(channels, Window.square(1, 1, 0), 1, true);
    int narrowed = b.add(name + "/narrow", narrow, pooled);
    int active = b.add(name + "/swish", new Layer.Activation(ActivationFunction.SWISH), narrowed);
    int widened = b.add(name + "/wide", wide, active);
    int gate =
        b.add(name + "/gate", new Layer.Activation(ActivationFunction.HARD_SIGMOID), widened);
    return b.add(name + "/scale", new Layer.Multiply(), input, gate);
  }

  private static Layer relu() {
    return new Layer.Activation(ActivationFunction.RELU);
  }

  /** The network with random weights of the size that training leaves. */
  public static TrainedNetwork trained(Network network, long seed) {
    Random random = new Random(seed);
    Map<String, Tensor> weights = new HashMap<>();
    for (Node node : network.nodes()) {
      for (Weight weight : network.weights(node)) {
        float[] values = new float[(int) weight.elements()];
        double size = Math.sqrt(2.0 * weight.shape().get(0) / values.length);
        for (int i = 0; i < values.length; i++) {
          values[i] =
              (float)
                  switch (weight.name()) {
                    case "weights" -> size * random.nextGaussian();
                    case "gamma", "variance" -> 0.5 + random.nextDouble();
                    default -> 0.3 * random.nextGaussian();
                  };
        }
        weights.put(node.name() + "/" + weight.name(), new Tensor(weight.shape(), values));
      }
    }
    int channels = network.input().channels();
    List<String> labels =
        IntStream.range(0, network.classes()).mapToObj(c -> "class " + c).toList();
    Normalization normalization =
        new Normalization(
            new ArrayList<>(List.of(120f, 110f, 100f)).subList(0, channels),
            new ArrayList<>(List.of(60f, 61f, 62f)).subList(0, channels));
    return new TrainedNetwork(network, weights, normalization, labels);
  }

  public static byte[] pixels(Network network, int count, long seed) {
    byte[] pixels = new byte[(int) network.input().elements() * count];
    new Random(seed).nextBytes(pixels);
    return pixels;
  }

  public static INDArray images(DataType type, Network network, int count, long seed) {
    Random random = new Random(seed);
    Shape shape = network.input();
    INDArray images = Nd4j.zeros(type, count, shape.height(), shape.width(), shape.channels());
    for (long i = 0; i < images.length(); i++) {
      images.putScalar(i, random.nextGaussian());
    }
    return images;
  }

  public static INDArray labels(DataType type, Network network, int count) {
    INDArray labels = Nd4j.zeros(type, count, network.classes());
    for (int i = 0; i < count; i++) {
      labels.putScalar(i, i % network.classes(), 1);
    }
    return labels;
  }

  /** Pixels as they are, channel, row, column. */
  public static INDArray channelsFirst(Network network, byte[] pixels, int count) {
    Shape shape = network.input();
    float[] values = new float[pixels.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = pixels[i] & 0xFF;
    }
    return Nd4j.createFromArray(values)
        .reshape(count, shape.channels(), shape.height(), shape.width());
  }
}
