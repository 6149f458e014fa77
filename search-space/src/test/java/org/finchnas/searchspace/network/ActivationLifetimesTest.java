package org.finchnas.searchspace.network;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ActivationLifetimesTest {

  private static final Shape IMAGE = new Shape(3, 8, 8);
  private static final Layer.Activation RELU = new Layer.Activation(ActivationFunction.RELU);

  private static Layer convolution(int filters) {
    return new Layer.Convolution(filters, Window.square(1, 1, 0), 1, false);
  }

  @Test
  void aChainHoldsTheLargestNeighbours() {
    NetworkBuilder builder = new NetworkBuilder("chain", IMAGE);
    int wide = builder.add("wide", convolution(10), builder.input());
    int narrow = builder.add("narrow", convolution(4), wide);
    int pooled = builder.add("pool", new Layer.GlobalAveragePooling(), narrow);
    Network network = builder.build(builder.add("logits", new Layer.Dense(5, true), pooled));

    assertThat(network.peakActivationBytes()).isEqualTo(4L * 64 * (10 + 4));
  }

  @Test
  void whatIsReadLaterStaysAlive() {
    NetworkBuilder builder = new NetworkBuilder("residual", IMAGE);
    int stem = builder.add("stem", convolution(6), builder.input());
    int branch = builder.add("branch", convolution(12), stem);
    int back = builder.add("back", convolution(6), branch);
    int sum = builder.add("sum", new Layer.Add(), stem, back);
    Network network = builder.build(sum);

    assertThat(network.peakActivationBytes()).isEqualTo(4L * 64 * (6 + 12 + 6));
  }

  @Test
  void dropoutAndDropPathTakeNoArrayButKeepTheirInputAlive() {
    NetworkBuilder builder = new NetworkBuilder("dropped", IMAGE);
    int stem = builder.add("stem", convolution(6), builder.input());
    int dropped = builder.add("drop", new Layer.DropPath(1), stem);
    int again = builder.add("again", new Layer.Dropout(0.5), dropped);
    int branch = builder.add("relu", RELU, stem);
    int wide = builder.add("wide", convolution(20), branch);
    int narrow = builder.add("narrow", convolution(6), wide);
    Network network = builder.build(builder.add("sum", new Layer.Add(), again, narrow));

    assertThat(network.peakActivationBytes()).isEqualTo(4L * 64 * (6 + 20 + 6));
  }
}
