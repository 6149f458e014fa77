package org.finchnas.mobile.latency.calibration;

import java.util.function.BiFunction;
import java.util.function.Function;
import org.finchnas.searchspace.network.ActivationFunction;
import org.finchnas.searchspace.network.Layer;
import org.finchnas.searchspace.network.Network;
import org.finchnas.searchspace.network.NetworkBuilder;
import org.finchnas.searchspace.network.PoolingKind;
import org.finchnas.searchspace.network.Shape;
import org.finchnas.searchspace.network.Window;

/**
 * Small networks in which one kind of kernel takes most of the time: an image is widened, then
 * comes the kernel several times, then the mean of each channel.
 */
final class Probe {

  /** Enough for the kernel to stand out, few enough to be quick on a slow phone. */
  private static final int TIMES = 4;

  private static final Window ONE = Window.square(1, 1, 0);

  private Probe() {}

  /** Adds what is to be timed behind a node; answers with the index of its value. */
  private interface Step extends BiFunction<NetworkBuilder, Integer, Integer> {}

  private static Network repeated(String name, int channels, int size, Step step) {
    NetworkBuilder builder =
        new NetworkBuilder(
            "%s-%dx%dx%d".formatted(name, channels, size, size), new Shape(3, size, size));
    int node = builder.add("widened", new Layer.Convolution(channels, ONE, 1, true), 0);
    for (int i = 0; i < TIMES; i++) {
      node = step.apply(builder, node);
    }
    return builder.build(builder.add("mean", new Layer.GlobalAveragePooling(), node));
  }

  private static String unique(NetworkBuilder builder, String name, int from) {
    return "%s_%d_of_%s".formatted(name, from, builder.shape(from).channels());
  }

  private static Step layer(String name, Function<Shape, Layer> layer) {
    return (builder, from) ->
        builder.add(unique(builder, name, from), layer.apply(builder.shape(from)), from);
  }

  static Network pointwise(int channels, int size) {
    return repeated(
        "pointwise",
        channels,
        size,
        layer("pointwise", in -> new Layer.Convolution(channels, ONE, 1, true)));
  }

  static Network convolution(int channels, int size, int kernel, int stride) {
    return repeated(
        "convolution-%dx%d-stride-%d".formatted(kernel, kernel, stride),
        channels,
        size,
        layer(
            "convolution",
            in -> new Layer.Convolution(channels, Window.same(in, kernel, stride, 1), 1, true)));
  }

  static Network grouped(int channels, int size, int groups) {
    return repeated(
        "grouped-%d".formatted(groups),
        channels,
        size,
        layer("grouped", in -> new Layer.Convolution(channels, ONE, groups, true)));
  }

  static Network depthwise(int channels, int size, int kernel) {
    return repeated(
        "depthwise-%dx%d".formatted(kernel, kernel),
        channels,
        size,
        layer(
            "depthwise",
            in -> new Layer.Convolution(channels, Window.same(in, kernel, 1, 1), channels, true)));
  }

  static Network dense(int units) {
    NetworkBuilder builder = new NetworkBuilder("dense-" + units, new Shape(3, 8, 8));
    int node = 0;
    for (int i = 0; i < TIMES; i++) {
      node = builder.add("dense_" + i, new Layer.Dense(units, true), node);
    }
    return builder.build(node);
  }

  static Network pool(int channels, int size, boolean maximum) {
    PoolingKind kind = maximum ? PoolingKind.MAX : PoolingKind.AVERAGE;
    return repeated(
        maximum ? "max-pool" : "average-pool",
        channels,
        size,
        layer("pool", in -> new Layer.Pooling(kind, Window.same(in, 3, 1, 1))));
  }

  static Network activation(int channels, int size, ActivationFunction function) {
    return repeated(
        function.token().replace('_', '-'),
        channels,
        size,
        layer("activation", in -> new Layer.Activation(function)));
  }

  static Network sum(int channels, int size) {
    return repeated(
        "sum",
        channels,
        size,
        (builder, from) -> {
          String name = unique(builder, "sum", from);
          return builder.add(name, new Layer.Add(), from, Math.max(1, from - 1));
        });
  }

  /** Doubles the channels and halves them again. */
  static Network concat(int channels, int size) {
    return repeated(
        "concat",
        channels,
        size,
        (builder, from) -> {
          String name = unique(builder, "concat", from);
          int wide = builder.add(name, new Layer.Concat(), from, from);
          return builder.add(name + "/narrow", new Layer.Convolution(channels, ONE, 1, true), wide);
        });
  }

  static Network shift(int channels, int size) {
    return repeated("shift", channels, size, layer("shift", in -> new Layer.Shift()));
  }

  static Network shuffle(int channels, int size) {
    return repeated("shuffle", channels, size, layer("shuffle", in -> new Layer.ChannelShuffle(3)));
  }
}
