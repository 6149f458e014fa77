package org.finchnas.mobile;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.finchnas.evaluation.Predictions;
import org.finchnas.mobile.verification.ReferencePredictor;
import org.finchnas.mobile.verification.VerificationImages;
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

/** Small networks with random weights, random batch statistics and a spread softmax. */
public final class TestNetworks {

  public static final Shape ODD = new Shape(3, 27, 30);
  private static final Layer.BatchNorm NORM = new Layer.BatchNorm(1e-3, 0.9);
  private static final int CLASSES = 7;

  private TestNetworks() {}

  /** Every kind of layer, every activation, odd sizes, and batch norms at all kinds of places. */
  public static Network everyLayer(Shape input) {
    NetworkBuilder b = new NetworkBuilder("every-layer", input);
    int stem = convolution(b, "stem", b.input(), 8, Window.same(b.shape(0), 3, 1, 1), 1, false);
    stem = b.add("stem/norm", NORM, stem);
    int reduced = branches(b, stem);
    int cell = blocks(b, reduced);
    int se = squeezeAndExcite(b, cell);
    return head(b, se);
  }

  private static int convolution(
      NetworkBuilder b, String name, int from, int filters, Window w, int groups, boolean bias) {
    return b.add(name, new Layer.Convolution(filters, w, groups, bias), from);
  }

  private static int activation(NetworkBuilder b, ActivationFunction function, int from) {
    return b.add("activation_" + function + "_" + from, new Layer.Activation(function), from);
  }

  /** A factorized reduction, a strided and a dilated convolution, pools; joined by concat. */
  private static int branches(NetworkBuilder b, int stem) {
    Shape s = b.shape(stem);
    int relu = activation(b, ActivationFunction.RELU, stem);
    int left =
        b.add("left/pool", new Layer.Pooling(PoolingKind.AVERAGE, Window.square(1, 2, 0)), relu);
    int shifted = b.add("right/shift", new Layer.Shift(), relu);
    int right =
        b.add(
            "right/pool", new Layer.Pooling(PoolingKind.AVERAGE, Window.square(1, 2, 0)), shifted);
    int factorized = b.add("factorized", new Layer.Concat(), left, right);
    int joined = b.add("factorized/norm", NORM, factorized);
    int strided = convolution(b, "strided", stem, 8, Window.same(s, 5, 2, 1), 2, true);
    strided = b.add("strided/drop", new Layer.Dropout(0.5), strided);
    strided = b.add("strided/norm", NORM, strided);
    Window asymmetric = new Window(3, 2, 2, 2, 2, new Padding(1, 0, 3, 2));
    int dilated = convolution(b, "dilated", stem, 6, asymmetric, 1, false);
    Window wideRow = Window.same(s, 1, 5, 1, 2, 1);
    int row = convolution(b, "row", stem, 4, wideRow, 1, true);
    Window highColumn = Window.same(b.shape(row), 5, 1, 2, 1, 1);
    int column = convolution(b, "column", row, 4, highColumn, 1, false);
    int average =
        b.add("average", new Layer.Pooling(PoolingKind.AVERAGE, Window.same(s, 3, 2, 1)), stem);
    int max = b.add("max", new Layer.Pooling(PoolingKind.MAX, Window.same(s, 3, 2, 1)), stem);
    Window wide = Window.same(s, 3, 2, 2);
    int dilatedAverage =
        b.add("dilated_average", new Layer.Pooling(PoolingKind.AVERAGE, wide), stem);
    int dilatedMax = b.add("dilated_max", new Layer.Pooling(PoolingKind.MAX, wide), stem);
    return b.add(
        "branches",
        new Layer.Concat(),
        joined,
        strided,
        dilated,
        column,
        average,
        max,
        dilatedAverage,
        dilatedMax);
  }

  /** Norm before convolution, norm with several readers, depthwise, shuffle, sums of three. */
  private static int blocks(NetworkBuilder b, int from) {
    int before = b.add("before/norm", NORM, from);
    int pointwise = convolution(b, "pointwise", before, 12, Window.square(1, 1, 0), 1, false);
    int shared = b.add("pointwise/norm", NORM, pointwise);
    int shuffled = b.add("shuffle", new Layer.ChannelShuffle(3), shared);
    int relu6 = activation(b, ActivationFunction.RELU6, shuffled);
    Window five = Window.same(b.shape(relu6), 5, 1, 1);
    int depthwise = convolution(b, "depthwise", relu6, 12, five, 12, false);
    int twoReaders = b.add("depthwise/norm", NORM, depthwise);
    int swish = activation(b, ActivationFunction.SWISH, twoReaders);
    int hardSwish = activation(b, ActivationFunction.HARD_SWISH, depthwise);
    int leaky = activation(b, ActivationFunction.LEAKY_RELU, twoReaders);
    int path = b.add("path", new Layer.DropPath(0.5), hardSwish);
    int sum = b.add("sum", new Layer.Add(), swish, path, shared, leaky);
    int twice = b.add("twice", new Layer.Add(), sum, sum);
    return b.add("twice/norm", NORM, twice);
  }

  private static int squeezeAndExcite(NetworkBuilder b, int from) {
    int squeezed = b.add("squeeze", new Layer.GlobalAveragePooling(), from);
    int dense = b.add("squeeze/dense", new Layer.Dense(5, false), squeezed);
    int relu = activation(b, ActivationFunction.SIGMOID, dense);
    int expanded = convolution(b, "expand", relu, 12, Window.square(1, 1, 0), 1, true);
    int gate = activation(b, ActivationFunction.HARD_SIGMOID, expanded);
    return b.add("excite", new Layer.Multiply(), from, gate);
  }

  private static Network head(NetworkBuilder b, int from) {
    int dropped = b.add("head/drop", new Layer.Dropout(0.8), from);
    return b.build(b.add("logits", new Layer.Dense(CLASSES, true), dropped));
  }

  /** A network that ends in global pooling, as SqueezeNet does. */
  public static Network withoutDense(Shape input) {
    NetworkBuilder b = new NetworkBuilder("without-dense", input);
    int c = convolution(b, "conv", b.input(), CLASSES, Window.same(input, 3, 2, 1), 1, false);
    int norm = b.add("norm", NORM, c);
    return b.build(b.add("pool", new Layer.GlobalAveragePooling(), norm));
  }

  /** Random weights; the last layer's are scaled until the logits deviate by about 3. */
  public static TrainedNetwork trained(Network network, long seed) {
    TrainedNetwork raw = withLastScaledBy(1, network, seed);
    try (ReferencePredictor predictor = new ReferencePredictor(raw)) {
      VerificationImages images = images(network.input(), 4, seed);
      Predictions predictions = predictor.predict(images.pixels(), images.count());
      return withLastScaledBy((float) (3 / deviation(predictions)), network, seed);
    }
  }

  private static double deviation(Predictions predictions) {
    double[] logits =
        IntStream.range(0, predictions.count())
            .mapToObj(predictions::logits)
            .flatMapToDouble(row -> IntStream.range(0, row.length).mapToDouble(i -> row[i]))
            .toArray();
    double mean =
        IntStream.range(0, logits.length).mapToDouble(i -> logits[i]).sum() / logits.length;
    double sum = 0;
    for (double logit : logits) {
      sum += (logit - mean) * (logit - mean);
    }
    return Math.sqrt(sum / logits.length);
  }

  private static TrainedNetwork withLastScaledBy(float factor, Network network, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Map<String, Tensor> weights = new TreeMap<>();
    String last = "";
    for (Node node : network.nodes()) {
      for (Weight weight : network.weights(node)) {
        String key = node.name() + "/" + weight.name();
        weights.put(key, new Tensor(weight.shape(), values(weight, random)));
        last = weight.name().equals("weights") ? key : last;
      }
    }
    float[] scaled = Objects.requireNonNull(weights.get(last)).values();
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] *= factor;
    }
    Normalization normalization =
        new Normalization(List.of(125.3f, 122.95f, 113.87f), List.of(62.99f, 62.09f, 66.7f));
    List<String> labels =
        IntStream.range(0, network.classes()).mapToObj(i -> "class " + i).toList();
    return new TrainedNetwork(network, weights, normalization, labels);
  }

  private static float[] values(Weight weight, SplittableRandom random) {
    float[] values = new float[Math.toIntExact(weight.elements())];
    double fanIn = (double) values.length / weight.shape().get(0);
    for (int i = 0; i < values.length; i++) {
      values[i] =
          switch (weight.name()) {
            case "gamma", "variance" -> (float) random.nextDouble(0.3, 2);
            case "weights" -> (float) (random.nextGaussian() * Math.sqrt(2 / fanIn));
            default -> (float) (random.nextGaussian() * 0.5);
          };
    }
    return values;
  }

  /** Images with structure: a random colour, a random gradient and some noise. */
  public static VerificationImages images(Shape shape, int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    byte[] pixels = new byte[Math.toIntExact(count * shape.elements())];
    List<Integer> classes = new ArrayList<>();
    int next = 0;
    for (int i = 0; i < count; i++) {
      classes.add(random.nextInt(CLASSES));
      for (int c = 0; c < shape.channels(); c++) {
        double base = random.nextDouble(255);
        double slope = random.nextDouble(-8, 8);
        for (int row = 0; row < shape.height(); row++) {
          for (int column = 0; column < shape.width(); column++) {
            double value = base + slope * (row - column) + random.nextDouble(-20, 20);
            pixels[next++] = (byte) Math.max(0, Math.min(255, value));
          }
        }
      }
    }
    return new VerificationImages(pixels, count, classes);
  }
}
