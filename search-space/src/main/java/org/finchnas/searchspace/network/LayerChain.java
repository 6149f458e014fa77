package org.finchnas.searchspace.network;

/**
 * A run of layers in a {@link NetworkBuilder}, each reading the one before. Every call adds a layer
 * and returns the chain that ends in it, so one chain can be continued in several ways.
 *
 * @param scope what the names of its nodes start with, empty or ending in a slash
 * @param batchNorm the settings of its batch normalisations
 * @param node the node it ends in
 */
public record LayerChain(
    NetworkBuilder builder, String scope, Layer.BatchNorm batchNorm, int node) {

  /** The shape it ends in. */
  public Shape shape() {
    return builder.shape(node);
  }

  /** The same chain, with a longer scope for the names of what follows. */
  public LayerChain in(String part) {
    return new LayerChain(builder, scope + part + "/", batchNorm, node);
  }

  /** A chain with the same names that continues from another node. */
  public LayerChain from(int otherNode) {
    return new LayerChain(builder, scope, batchNorm, otherNode);
  }

  public LayerChain add(String name, Layer layer) {
    return from(builder.add(scope + name, layer, node));
  }

  /** A layer that also reads other nodes, after this chain's own. */
  public LayerChain join(String name, Layer layer, int... others) {
    int[] inputs = new int[others.length + 1];
    inputs[0] = node;
    System.arraycopy(others, 0, inputs, 1, others.length);
    return from(builder.add(scope + name, layer, inputs));
  }

  public LayerChain activation(String name, ActivationFunction function) {
    return add(name, new Layer.Activation(function));
  }

  /** A non-linearity that is named by what it is. */
  public LayerChain activation(ActivationFunction function) {
    return activation(function.token(), function);
  }

  public LayerChain batchNorm(String name) {
    return add(name, batchNorm);
  }

  /** A dense convolution without bias. */
  public LayerChain convolution(String name, int filters, Window window) {
    return add(name, new Layer.Convolution(filters, window, 1, false));
  }

  /** A 1x1 convolution without bias. */
  public LayerChain pointwise(String name, int filters, int stride) {
    return convolution(name, filters, Window.square(1, stride, 0));
  }

  /** A 1x1 convolution without bias, in groups. */
  public LayerChain grouped(String name, int filters, int groups) {
    return add(name, new Layer.Convolution(filters, Window.square(1, 1, 0), groups, false));
  }

  /**
   * Squeeze-and-excite (arXiv 1709.01507): each channel times a factor in (0, 1) that two 1x1
   * convolutions with bias make of all channels' means.
   *
   * @param squeezed channels between the two, at least 1
   */
  public LayerChain squeezeExcite(int squeezed, ActivationFunction function) {
    int channels = shape().channels();
    Window one = Window.square(1, 1, 0);
    LayerChain factors =
        add("squeeze", new Layer.GlobalAveragePooling())
            .add("squeeze_reduce", new Layer.Convolution(squeezed, one, 1, true))
            .activation("squeeze_" + function.token(), function)
            .add("squeeze_expand", new Layer.Convolution(channels, one, 1, true))
            .activation("squeeze_sigmoid", ActivationFunction.SIGMOID);
    return join("excite", new Layer.Multiply(), factors.node());
  }

  /** A convolution of each channel on its own, without bias. */
  public LayerChain depthwise(String name, Window window) {
    int channels = shape().channels();
    return add(name, new Layer.Convolution(channels, window, channels, false));
  }
}
