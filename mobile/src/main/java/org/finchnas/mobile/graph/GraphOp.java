package org.finchnas.mobile.graph;

import org.finchnas.searchspace.network.ActivationFunction;
import org.finchnas.searchspace.network.PoolingKind;
import org.finchnas.searchspace.network.Tensor;
import org.finchnas.searchspace.network.Window;

/**
 * One kind of computation at inference, with its numbers. {@link #match} treats each kind: a new
 * one breaks the compile of every exporter that does not handle it.
 */
public sealed interface GraphOp {

  <R> R match(Cases<R> cases);

  /** One method for each kind. */
  interface Cases<R> {
    R input(Input op);

    R affine(Affine op);

    R convolution(Convolution op);

    R activation(Activation op);

    R pooling(Pooling op);

    R globalAveragePooling(GlobalAveragePooling op);

    R dense(Dense op);

    R add(Add op);

    R multiply(Multiply op);

    R concat(Concat op);

    R shift(Shift op);

    R channelShuffle(ChannelShuffle op);
  }

  /** Where an image enters, as values 0…255. */
  record Input() implements GraphOp {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.input(this);
    }
  }

  /**
   * Each channel times its scale plus its offset: the normalisation of the input, and a batch norm
   * that could not be folded.
   */
  record Affine(Tensor scale, Tensor offset) implements GraphOp {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.affine(this);
    }
  }

  /**
   * A convolution.
   *
   * @param weights {@code [out, in / groups, kernelHeight, kernelWidth]}
   * @param bias one value an output channel, zero where there was none
   */
  record Convolution(Window window, int groups, Tensor weights, Tensor bias) implements GraphOp {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.convolution(this);
    }
  }

  /** An element-wise non-linearity. */
  record Activation(ActivationFunction function) implements GraphOp {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.activation(this);
    }
  }

  /** Maximum or average over a window; padding never counts. */
  record Pooling(PoolingKind kind, Window window) implements GraphOp {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.pooling(this);
    }
  }

  /** The mean of each channel. */
  record GlobalAveragePooling() implements GraphOp {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.globalAveragePooling(this);
    }
  }

  /**
   * A fully connected layer.
   *
   * @param weights {@code [units, inputs]}, inputs in channel, row, column order
   */
  record Dense(Tensor weights, Tensor bias) implements GraphOp {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.dense(this);
    }
  }

  /** The element-wise sum of two or more inputs. */
  record Add() implements GraphOp {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.add(this);
    }
  }

  /** A map times one factor for each channel. */
  record Multiply() implements GraphOp {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.multiply(this);
    }
  }

  /** All inputs' channels, one after the other. */
  record Concat() implements GraphOp {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.concat(this);
    }
  }

  /** The image one pixel up and to the left, zeros at the bottom and the right. */
  record Shift() implements GraphOp {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.shift(this);
    }
  }

  /** Channel {@code g * n + i} of {@code groups} groups of n goes to {@code i * groups + g}. */
  record ChannelShuffle(int groups) implements GraphOp {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.channelShuffle(this);
    }
  }
}
