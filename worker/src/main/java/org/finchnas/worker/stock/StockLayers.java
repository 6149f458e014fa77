package org.finchnas.worker.stock;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.ScaleVertex;
import org.deeplearning4j.nn.conf.graph.SubsetVertex;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.Upsampling2D;
import org.deeplearning4j.nn.conf.layers.ZeroPaddingLayer;
import org.deeplearning4j.nn.conf.layers.convolutional.Cropping2D;
import org.finchnas.searchspace.network.ActivationFunction;
import org.finchnas.searchspace.network.Layer;
import org.finchnas.searchspace.network.Node;
import org.finchnas.searchspace.network.Padding;
import org.finchnas.searchspace.network.PoolingKind;
import org.finchnas.searchspace.network.Shape;
import org.finchnas.searchspace.network.TrainedNetwork;
import org.finchnas.searchspace.network.Window;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.api.ndarray.INDArray;

/** One node of a network in stock layers; each case gives back the name of the node's output. */
record StockLayers(StockGraph graph, TrainedNetwork trained, Node node, List<String> inputs)
    implements Layer.Cases<String> {

  private String name() {
    return node.name();
  }

  private String input() {
    return inputs.get(0);
  }

  private Shape shape() {
    return trained.network().inputShapes(node).get(0);
  }

  private INDArray weight(String name) {
    return StockGraph.array(trained.weight(node, name).values());
  }

  @Override
  public String input(Layer.Input layer) {
    return name();
  }

  /**
   * Dilated kernels are written with the zeros between their taps: stock depthwise convolutions
   * fail otherwise where Deeplearning4j uses oneDNN.
   */
  @Override
  public String convolution(Layer.Convolution layer) {
    float[] weights = trained.weight(node, "weights").values();
    if (layer.window().dilation() == 1) {
      return convolution(layer, weights);
    }
    DilatedKernel dilated = new DilatedKernel(layer);
    return convolution(dilated.writtenOut(), dilated.writeOut(weights));
  }

  private String convolution(Layer.Convolution layer, float[] weights) {
    Placed placed = place(layer.window());
    if (layer.isDepthwise(shape())) {
      return depthwise(layer, weights, placed);
    }
    if (layer.groups() > 1) {
      return grouped(layer, weights, placed);
    }
    String made = convolution(name(), layer, placed, placed.input);
    graph.set(made, "W", StockGraph.array(weights));
    if (layer.bias()) {
      graph.set(made, "b", weight("bias"));
    }
    return made;
  }

  private String convolution(String made, Layer.Convolution layer, Placed placed, String source) {
    Window window = layer.window();
    ConvolutionLayer.Builder builder =
        new ConvolutionLayer.Builder(window.kernelHeight(), window.kernelWidth())
            .stride(window.strideHeight(), window.strideWidth())
            .padding(placed.rows, placed.columns)
            .convolutionMode(placed.mode)
            .hasBias(layer.bias())
            .activation(Activation.IDENTITY);
    builder.nIn(shape().channels() / layer.groups()).nOut(layer.filters() / layer.groups());
    return graph.add(made, builder.build(), source);
  }

  private String depthwise(Layer.Convolution layer, float[] weights, Placed placed) {
    Window window = layer.window();
    int multiplier = layer.filters() / layer.groups();
    DepthwiseConvolution2D.Builder builder =
        new DepthwiseConvolution2D.Builder(window.kernelHeight(), window.kernelWidth())
            .stride(window.strideHeight(), window.strideWidth())
            .padding(placed.rows, placed.columns)
            .depthMultiplier(multiplier);
    builder.convolutionMode(placed.mode).hasBias(layer.bias()).activation(Activation.IDENTITY);
    builder.nIn(layer.groups()).nOut(layer.filters());
    graph.add(name(), builder.build(), placed.input);
    INDArray plain =
        StockGraph.array(weights)
            .reshape(layer.groups(), multiplier, window.kernelHeight(), window.kernelWidth());
    graph.set(name(), "W", plain.permute(2, 3, 0, 1).dup('c'));
    if (layer.bias()) {
      graph.set(name(), "b", weight("bias"));
    }
    return name();
  }

  private String grouped(Layer.Convolution layer, float[] weights, Placed placed) {
    int in = shape().channels() / layer.groups();
    int out = layer.filters() / layer.groups();
    int size = weights.length / layer.groups();
    List<String> parts = new ArrayList<>();
    for (int g = 0; g < layer.groups(); g++) {
      String part = "%s/group_%d".formatted(name(), g);
      String channels =
          graph.add(
              part + "/channels",
              new SubsetVertex(g * in, (g + 1) * in - 1),
              List.of(placed.input));
      parts.add(convolution(part, layer, placed, channels));
      graph.set(part, "W", StockGraph.array(Arrays.copyOfRange(weights, g * size, (g + 1) * size)));
      if (layer.bias()) {
        float[] bias = trained.weight(node, "bias").values();
        graph.set(part, "b", StockGraph.array(Arrays.copyOfRange(bias, g * out, (g + 1) * out)));
      }
    }
    return graph.add(name(), new MergeVertex(), parts);
  }

  /** How a stock layer is told a window's padding, and what it then reads. */
  private record Placed(String input, ConvolutionMode mode, int rows, int columns) {}

  private Placed place(Window window) {
    Padding padding = window.padding();
    if (window.isSame(shape())) {
      return new Placed(input(), ConvolutionMode.Same, 0, 0);
    }
    if (padding.top() == padding.bottom() && padding.left() == padding.right()) {
      return new Placed(input(), ConvolutionMode.Truncate, padding.top(), padding.left());
    }
    ZeroPaddingLayer layer =
        new ZeroPaddingLayer.Builder(
                padding.top(), padding.bottom(), padding.left(), padding.right())
            .build();
    return new Placed(
        graph.add(name() + "/padding", layer, input()), ConvolutionMode.Truncate, 0, 0);
  }

  @Override
  public String transposedConvolution(Layer.TransposedConvolution layer) {
    throw new IllegalArgumentException(
        "%s: networks that enlarge maps are not written for stock Deeplearning4j."
            .formatted(name()));
  }

  @Override
  public String batchNorm(Layer.BatchNorm layer) {
    BatchNormalization.Builder builder =
        new BatchNormalization.Builder().decay(layer.decay()).eps(layer.epsilon()).useLogStd(false);
    builder.nIn(shape().channels()).nOut(shape().channels()).activation(Activation.IDENTITY);
    graph.add(name(), builder.build(), input());
    graph.set(name(), "gamma", weight("gamma"));
    graph.set(name(), "beta", weight("beta"));
    graph.set(name(), "mean", weight("mean"));
    graph.set(name(), "var", weight("variance"));
    return name();
  }

  @Override
  public String activation(Layer.Activation layer) {
    return switch (layer.function()) {
      case RELU -> activation(name(), Activation.RELU, input());
      case LEAKY_RELU ->
          graph.add(
              name(), new ActivationLayer(new ActivationLReLU(ActivationFunction.LEAK)), input());
      case RELU6 -> activation(name(), Activation.RELU6, input());
      case SIGMOID -> activation(name(), Activation.SIGMOID, input());
      case SWISH -> activation(name(), Activation.SWISH, input());
      case HARD_SIGMOID -> hardSigmoid(name());
      case HARD_SWISH ->
          graph.add(
              name(),
              new ElementWiseVertex(ElementWiseVertex.Op.Product),
              List.of(input(), hardSigmoid(name() + "/gate")));
    };
  }

  private String activation(String made, Activation function, String source) {
    return graph.add(made, new ActivationLayer(function), source);
  }

  /** Stock Deeplearning4j's slope is 1/5, not 1/6. */
  private String hardSigmoid(String made) {
    String scaled = graph.add(made + "/scale", new ScaleVertex(5.0 / 6), List.of(input()));
    return activation(made, Activation.HARDSIGMOID, scaled);
  }

  @Override
  public String pooling(Layer.Pooling layer) {
    Window window = layer.window();
    Placed placed = place(window);
    if (!placed.input.equals(input()) || window.dilation() > 1) {
      throw new IllegalArgumentException(
          "%s cannot be written for stock Deeplearning4j: its pooling neither dilates nor leaves"
                  .formatted(name())
              + " asymmetric padding out. Use a SAME window.");
    }
    SubsamplingLayer.Builder builder =
        new SubsamplingLayer.Builder(
                layer.kind() == PoolingKind.MAX ? PoolingType.MAX : PoolingType.AVG)
            .kernelSize(window.kernelHeight(), window.kernelWidth())
            .stride(window.strideHeight(), window.strideWidth())
            .padding(placed.rows, placed.columns);
    builder.convolutionMode(placed.mode);
    return graph.add(name(), builder.build(), input());
  }

  @Override
  public String globalAveragePooling(Layer.GlobalAveragePooling layer) {
    GlobalPoolingLayer pooling =
        new GlobalPoolingLayer.Builder(PoolingType.AVG).collapseDimensions(false).build();
    return graph.add(name(), pooling, input());
  }

  /** A convolution as large as the image: it keeps four dimensions for whatever follows. */
  @Override
  public String dense(Layer.Dense layer) {
    Shape shape = shape();
    Window whole = new Window(shape.height(), shape.width(), 1, 1, 1, Padding.NONE);
    return convolution(new Layer.Convolution(layer.units(), whole, 1, layer.bias()));
  }

  @Override
  public String add(Layer.Add layer) {
    return graph.add(name(), new ElementWiseVertex(ElementWiseVertex.Op.Add), inputs);
  }

  /** The factors are first enlarged to the size of the map: the product does not broadcast. */
  @Override
  public String multiply(Layer.Multiply layer) {
    Upsampling2D enlarge =
        new Upsampling2D.Builder(1).size(new int[] {shape().height(), shape().width()}).build();
    String factors = graph.add(name() + "/enlarge", enlarge, inputs.get(1));
    ElementWiseVertex product = new ElementWiseVertex(ElementWiseVertex.Op.Product);
    return graph.add(name(), product, List.of(input(), factors));
  }

  @Override
  public String concat(Layer.Concat layer) {
    return graph.add(name(), new MergeVertex(), inputs);
  }

  @Override
  public String shift(Layer.Shift layer) {
    if (shape().height() == 1 || shape().width() == 1) {
      return graph.add(name(), new ScaleVertex(0), inputs);
    }
    String cropped = graph.add(name() + "/crop", new Cropping2D(1, 0, 1, 0), input());
    return graph.add(name(), new ZeroPaddingLayer.Builder(0, 1, 0, 1).build(), cropped);
  }

  /** A 1 x 1 convolution whose weights are a permutation. */
  @Override
  public String channelShuffle(Layer.ChannelShuffle layer) {
    int channels = shape().channels();
    int size = channels / layer.groups();
    float[] weights = new float[channels * channels];
    for (int from = 0; from < channels; from++) {
      int to = from % size * layer.groups() + from / size;
      weights[to * channels + from] = 1;
    }
    Window one = Window.square(1, 1, 0);
    Layer.Convolution permute = new Layer.Convolution(channels, one, 1, false);
    convolution(name(), permute, place(one), input());
    graph.set(name(), "W", StockGraph.array(weights));
    return name();
  }

  @Override
  public String dropout(Layer.Dropout layer) {
    return input();
  }

  @Override
  public String dropPath(Layer.DropPath layer) {
    return input();
  }
}
