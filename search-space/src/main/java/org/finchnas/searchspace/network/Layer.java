package org.finchnas.searchspace.network;

import java.util.List;

/**
 * One kind of computation with its settings. A layer says what shape comes out, which arrays it
 * needs and how many multiply-accumulates it takes; it holds no weights.
 *
 * <p>{@link #match} is how to treat each kind differently: a new kind breaks the compile wherever
 * it is not yet handled.
 */
public sealed interface Layer {

  /**
   * @param inputs the shapes of the inputs, in order
   * @throws IllegalArgumentException if the layer cannot take them
   */
  Shape outputShape(List<Shape> inputs);

  /** The arrays this layer needs; empty for most. */
  default List<Weight> weights(List<Shape> inputs) {
    return List.of();
  }

  /** Multiply-accumulates for one image; only convolutions and dense layers count. */
  default long macs(List<Shape> inputs) {
    return 0;
  }

  <R> R match(Cases<R> cases);

  /** One method for each kind of layer. */
  interface Cases<R> {
    R input(Input layer);

    R convolution(Convolution layer);

    R transposedConvolution(TransposedConvolution layer);

    R batchNorm(BatchNorm layer);

    R activation(Activation layer);

    R pooling(Pooling layer);

    R globalAveragePooling(GlobalAveragePooling layer);

    R dense(Dense layer);

    R add(Add layer);

    R multiply(Multiply layer);

    R concat(Concat layer);

    R shift(Shift layer);

    R channelShuffle(ChannelShuffle layer);

    R dropout(Dropout layer);

    R dropPath(DropPath layer);
  }

  /** Where images enter. */
  record Input(Shape shape) implements Layer {
    @Override
    public Shape outputShape(List<Shape> inputs) {
      Layers.requireInputs("input", inputs, 0);
      return shape;
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.input(this);
    }
  }

  /**
   * A convolution; depthwise when {@code groups} equals the number of input channels.
   *
   * @param filters output channels
   */
  record Convolution(int filters, Window window, int groups, boolean bias) implements Layer {
    public Convolution {
      if (filters < 1 || groups < 1 || filters % groups != 0) {
        throw new IllegalArgumentException(
            "A convolution's filters (%d) must be a positive multiple of its groups (%d)."
                .formatted(filters, groups));
      }
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
      Shape input = Layers.onlyInput("convolution", inputs);
      if (input.channels() % groups != 0) {
        throw new IllegalArgumentException(
            "A convolution's input channels (%d) must be a multiple of its groups (%d)."
                .formatted(input.channels(), groups));
      }
      return window.slideOver(input).withChannels(filters);
    }

    @Override
    public List<Weight> weights(List<Shape> inputs) {
      int inputChannels = inputs.get(0).channels();
      Weight kernel =
          new Weight(
              "weights",
              List.of(filters, inputChannels / groups, window.kernelHeight(), window.kernelWidth()),
              true);
      return bias ? List.of(kernel, new Weight("bias", List.of(filters), true)) : List.of(kernel);
    }

    @Override
    public long macs(List<Shape> inputs) {
      long taps =
          (long) inputs.get(0).channels() / groups * window.kernelHeight() * window.kernelWidth();
      return outputShape(inputs).elements() * taps;
    }

    /** Whether each input channel is filtered on its own. */
    public boolean isDepthwise(Shape input) {
      return groups > 1 && groups == input.channels();
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.convolution(this);
    }
  }

  /**
   * A transposed convolution whose windows do not overlap: each pixel becomes {@code kernel} rows
   * and columns (U-Net's up-convolution). It is described and counted; nothing trains or exports it
   * yet.
   *
   * @param filters output channels
   * @param kernel rows and columns of the kernel, and its stride
   */
  record TransposedConvolution(int filters, int kernel, boolean bias) implements Layer {
    public TransposedConvolution {
      if (filters < 1 || kernel < 1) {
        throw new IllegalArgumentException(
            "A transposed convolution needs filters (%d) and a kernel (%d) of at least 1."
                .formatted(filters, kernel));
      }
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
      Shape input = Layers.onlyInput("transposed convolution", inputs);
      return new Shape(
          filters,
          Math.multiplyExact(input.height(), kernel),
          Math.multiplyExact(input.width(), kernel));
    }

    @Override
    public List<Weight> weights(List<Shape> inputs) {
      Weight matrix =
          new Weight("weights", List.of(filters, inputs.get(0).channels(), kernel, kernel), true);
      return bias ? List.of(matrix, new Weight("bias", List.of(filters), true)) : List.of(matrix);
    }

    @Override
    public long macs(List<Shape> inputs) {
      return outputShape(inputs).elements() * inputs.get(0).channels();
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.transposedConvolution(this);
    }
  }

  /**
   * Batch normalisation with scale and offset (Ioffe and Szegedy, arXiv 1502.03167).
   *
   * @param epsilon added to the variance
   * @param decay share of the old running statistics that a training step keeps
   */
  record BatchNorm(double epsilon, double decay) implements Layer {
    @Override
    public Shape outputShape(List<Shape> inputs) {
      return Layers.onlyInput("batch norm", inputs);
    }

    @Override
    public List<Weight> weights(List<Shape> inputs) {
      List<Integer> channels = List.of(inputs.get(0).channels());
      return List.of(
          new Weight("gamma", channels, true),
          new Weight("beta", channels, true),
          new Weight("mean", channels, false),
          new Weight("variance", channels, false));
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.batchNorm(this);
    }
  }

  /** An element-wise non-linearity. */
  record Activation(ActivationFunction function) implements Layer {
    @Override
    public Shape outputShape(List<Shape> inputs) {
      return Layers.onlyInput("activation", inputs);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.activation(this);
    }
  }

  /** Maximum or average over a window; padding never counts, neither in the sum nor the divisor. */
  record Pooling(PoolingKind kind, Window window) implements Layer {
    @Override
    public Shape outputShape(List<Shape> inputs) {
      return window.slideOver(Layers.onlyInput("pooling", inputs));
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.pooling(this);
    }
  }

  /** The mean of each channel, as a 1 x 1 image. */
  record GlobalAveragePooling() implements Layer {
    @Override
    public Shape outputShape(List<Shape> inputs) {
      return new Shape(Layers.onlyInput("global average pooling", inputs).channels(), 1, 1);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.globalAveragePooling(this);
    }
  }

  /** A fully connected layer over all values, taken in channel, row, column order. */
  record Dense(int units, boolean bias) implements Layer {
    public Dense {
      if (units < 1) {
        throw new IllegalArgumentException("A dense layer needs units, but has " + units + ".");
      }
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
      Layers.onlyInput("dense", inputs);
      return new Shape(units, 1, 1);
    }

    @Override
    public List<Weight> weights(List<Shape> inputs) {
      int values = Math.toIntExact(inputs.get(0).elements());
      Weight matrix = new Weight("weights", List.of(units, values), true);
      return bias ? List.of(matrix, new Weight("bias", List.of(units), true)) : List.of(matrix);
    }

    @Override
    public long macs(List<Shape> inputs) {
      return units * inputs.get(0).elements();
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.dense(this);
    }
  }

  /** The element-wise sum of two or more inputs of one shape. */
  record Add() implements Layer {
    @Override
    public Shape outputShape(List<Shape> inputs) {
      Layers.requireAtLeastTwo("add", inputs);
      Shape first = inputs.get(0);
      for (Shape other : inputs) {
        if (!other.equals(first)) {
          throw new IllegalArgumentException(
              "Only equal shapes can be added, not %s and %s.".formatted(first, other));
        }
      }
      return first;
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.add(this);
    }
  }

  /** A map times one factor for each channel (a 1 x 1 image), as in squeeze-and-excite. */
  record Multiply() implements Layer {
    @Override
    public Shape outputShape(List<Shape> inputs) {
      Layers.requireInputs("multiply", inputs, 2);
      Shape map = inputs.get(0);
      if (!inputs.get(1).equals(new Shape(map.channels(), 1, 1))) {
        throw new IllegalArgumentException(
            "A map of shape %s is scaled by %dx1x1, not by %s."
                .formatted(map, map.channels(), inputs.get(1)));
      }
      return map;
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.multiply(this);
    }
  }

  /** All inputs' channels, one after the other. */
  record Concat() implements Layer {
    @Override
    public Shape outputShape(List<Shape> inputs) {
      Layers.requireAtLeastTwo("concat", inputs);
      int channels = 0;
      for (Shape input : inputs) {
        if (!input.sameSize(inputs.get(0))) {
          throw new IllegalArgumentException(
              "Only images of one size can be concatenated, not %s and %s."
                  .formatted(inputs.get(0), input));
        }
        channels += input.channels();
      }
      return inputs.get(0).withChannels(channels);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.concat(this);
    }
  }

  /**
   * Moves the image one pixel up and to the left; zeros come in at the bottom and the right. The
   * second path of a factorized reduction sees the pixels that the first one skips.
   */
  record Shift() implements Layer {
    @Override
    public Shape outputShape(List<Shape> inputs) {
      return Layers.onlyInput("shift", inputs);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.shift(this);
    }
  }

  /** Interleaves the channels of {@code groups} groups (ShuffleNet, arXiv 1707.01083). */
  record ChannelShuffle(int groups) implements Layer {
    @Override
    public Shape outputShape(List<Shape> inputs) {
      Shape input = Layers.onlyInput("channel shuffle", inputs);
      if (groups < 1 || input.channels() % groups != 0) {
        throw new IllegalArgumentException(
            "A shuffle's channels (%d) must be a multiple of its groups (%d)."
                .formatted(input.channels(), groups));
      }
      return input;
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.channelShuffle(this);
    }
  }

  /**
   * In training keeps each value with probability {@code keep}, scaled by its inverse; otherwise
   * the identity.
   */
  record Dropout(double keep) implements Layer {
    public Dropout {
      Layers.requireKeep(keep);
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
      return Layers.onlyInput("dropout", inputs);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.dropout(this);
    }
  }

  /**
   * Scheduled drop-path (arXiv 1707.07012): in training keeps each image's whole path, scaled by
   * the inverse of the probability of keeping it; otherwise the identity. The probability falls
   * from 1 at the first training step to {@code 1 - depth * (1 - finalKeep)} at the last, where
   * {@code finalKeep} belongs to the training, not to the network.
   *
   * @param depth position of the cell, (index + 1) / cells, in (0, 1]
   */
  record DropPath(double depth) implements Layer {
    public DropPath {
      if (!(depth > 0 && depth <= 1)) {
        throw new IllegalArgumentException("Depth must be in (0, 1], but is " + depth + ".");
      }
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
      return Layers.onlyInput("drop-path", inputs);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.dropPath(this);
    }
  }
}
