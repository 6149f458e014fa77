package org.finchnas.worker.training;

import org.finchnas.searchspace.network.ActivationFunction;
import org.finchnas.searchspace.network.Layer;
import org.finchnas.searchspace.network.LayerChain;
import org.finchnas.searchspace.network.Network;
import org.finchnas.searchspace.network.NetworkBuilder;
import org.finchnas.searchspace.network.PoolingKind;
import org.finchnas.searchspace.network.Shape;
import org.finchnas.searchspace.network.Window;

/**
 * A small network with every kind of layer that cells are made of, in channel counts that fill the
 * vectors of a CPU and that do not. Fixed here, and not assembled from a cell: what it computes
 * must change with the arithmetic alone.
 */
final class SampleNetwork {

  private static final int FILTERS = 32;

  /** More than libraries add up in one go. */
  private static final int FEATURES = 512;

  private static final Layer.BatchNorm BATCH_NORM = new Layer.BatchNorm(1e-5, 0.9);

  private SampleNetwork() {}

  static Network of(Shape image, int classes) {
    NetworkBuilder builder = new NetworkBuilder("sample", image);
    LayerChain stem = stem(new LayerChain(builder, "", BATCH_NORM, builder.input()));
    LayerChain cell =
        separable(stem.in("separable_3x3"), 3, 1, 1)
            .join(
                "concat",
                new Layer.Concat(),
                separable(stem.in("separable_5x5"), 5, 1, 1).node(),
                separable(stem.in("separable_7x7"), 7, 1, 1).node(),
                separable(stem.in("dilated_3x3"), 3, 1, 2).node(),
                square(stem.in("square")).node(),
                rowAndColumn(stem.in("row_and_column")).node(),
                pooling(stem.in("maximum"), PoolingKind.MAX, 1).node(),
                pooling(stem.in("average"), PoolingKind.AVERAGE, 1).node());
    LayerChain half = unit(cell.in("squeeze").pointwise("pointwise", FILTERS, 1));
    LayerChain sum =
        separable(half.in("half/separable_3x3"), 3, 2, 1)
            .join(
                "sum",
                new Layer.Add(),
                separable(half.in("half/separable_5x5"), 5, 2, 1).node(),
                separable(half.in("half/separable_7x7"), 7, 2, 1).node(),
                pooling(half.in("half/maximum"), PoolingKind.MAX, 2).node(),
                pooling(half.in("half/average"), PoolingKind.AVERAGE, 2).node());
    LayerChain logits =
        unit(sum.in("head").pointwise("pointwise", FEATURES, 1))
            .add("mean", new Layer.GlobalAveragePooling())
            .add("dense", new Layer.Dense(classes, true));
    return builder.build(logits.node());
  }

  /** In the size of the images, then in half of it: sums over many pixels are split in parts. */
  private static LayerChain stem(LayerChain image) {
    LayerChain whole =
        unit(image.in("stem_1").convolution("square", 16, Window.same(image.shape(), 3, 1, 1)));
    LayerChain wide = unit(whole.in("stem_2").pointwise("pointwise", 24, 1));
    Window window = Window.same(wide.shape(), 3, 2, 1);
    return unit(wide.in("stem_3").convolution("square", FILTERS, window));
  }

  private static LayerChain separable(LayerChain chain, int kernel, int stride, int dilation) {
    return chain
        .activation("relu_in", ActivationFunction.RELU)
        .depthwise("depthwise", Window.same(chain.shape(), kernel, stride, dilation))
        .pointwise("pointwise", FILTERS, 1)
        .batchNorm("batch_norm");
  }

  private static LayerChain square(LayerChain chain) {
    LayerChain narrow = unit(chain.pointwise("pointwise", 20, 1));
    return narrow
        .convolution("square", 12, Window.same(narrow.shape(), 3, 1, 1))
        .batchNorm("batch_norm_out");
  }

  private static LayerChain rowAndColumn(LayerChain chain) {
    LayerChain narrow = unit(chain.pointwise("pointwise", 8, 1));
    Shape shape = narrow.shape();
    return narrow
        .convolution("row", 8, Window.same(shape, 1, 7, 1, 1, 1))
        .convolution("column", 8, Window.same(shape, 7, 1, 1, 1, 1))
        .batchNorm("batch_norm_out");
  }

  private static LayerChain pooling(LayerChain chain, PoolingKind kind, int stride) {
    return chain.add("pool", new Layer.Pooling(kind, Window.same(chain.shape(), 3, stride, 1)));
  }

  private static LayerChain unit(LayerChain chain) {
    return chain.batchNorm("batch_norm").activation("relu", ActivationFunction.RELU);
  }
}
