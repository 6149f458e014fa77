package org.finchnas.benchmarks.latency;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.finchnas.searchspace.Blueprint;
import org.finchnas.searchspace.network.ActivationFunction;
import org.finchnas.searchspace.network.Layer;
import org.finchnas.searchspace.network.LayerChain;
import org.finchnas.searchspace.network.Network;
import org.finchnas.searchspace.network.NetworkBuilder;
import org.finchnas.searchspace.network.PoolingKind;
import org.finchnas.searchspace.network.Shape;
import org.finchnas.searchspace.network.Window;

/**
 * The networks that ncnn's benchmark runs, as its files define them: Finch's own where they are the
 * same, and Caffe's forms of three others. Its GoogLeNet has two local response normalisations more
 * than is described here.
 */
final class NcnnNetworks {

  private static final Shape IMAGE = new Shape(3, 224, 224);
  private static final int CLASSES = 1000;
  private static final Layer.BatchNorm NORM = new Layer.BatchNorm(1e-5, 0.9);
  private static final Window ONE = Window.square(1, 1, 0);
  private static final Window THREE = Window.square(3, 1, 1);

  private static final Map<String, Blueprint> SAME =
      Map.of(
          "squeezenet", new Blueprint("squeezenet-1.1", new Shape(3, 227, 227), CLASSES),
          "mobilenet", new Blueprint("mobilenet-v1", IMAGE, CLASSES),
          "mobilenet_v2", new Blueprint("mobilenet-v2", IMAGE, CLASSES),
          "shufflenet", new Blueprint("shufflenet-g3", IMAGE, CLASSES),
          "vgg16", new Blueprint("vgg-16", IMAGE, CLASSES));

  /** Of each module: 1x1; before the 3x3 and it; before the 5x5 and it; after the pooling. */
  private static final List<int[][]> INCEPTION =
      List.of(
          new int[][] {{64, 96, 128, 16, 32, 32}, {128, 128, 192, 32, 96, 64}},
          new int[][] {
            {192, 96, 208, 16, 48, 64},
            {160, 112, 224, 24, 64, 64},
            {128, 128, 256, 24, 64, 64},
            {112, 144, 288, 32, 64, 64},
            {256, 160, 320, 32, 128, 128},
          },
          new int[][] {{256, 160, 320, 32, 128, 128}, {384, 192, 384, 48, 128, 128}});

  private NcnnNetworks() {}

  /** The network that ncnn calls so, or empty where Finch cannot describe it. */
  static Optional<Network> find(String name) {
    return switch (name) {
      case "googlenet" -> Optional.of(googleNet());
      case "resnet18" -> Optional.of(resNet(new int[] {2, 2, 2, 2}, false));
      case "resnet50" -> Optional.of(resNet(new int[] {3, 4, 6, 3}, true));
      default -> Optional.ofNullable(SAME.get(name)).map(Blueprint::assemble);
    };
  }

  private static LayerChain input(String name) {
    NetworkBuilder builder = new NetworkBuilder(name, IMAGE);
    return new LayerChain(builder, "", NORM, builder.input());
  }

  private static LayerChain unit(LayerChain chain, int filters, Window window) {
    return chain
        .add("convolution", new Layer.Convolution(filters, window, 1, true))
        .activation(ActivationFunction.RELU);
  }

  private static LayerChain pool(LayerChain chain) {
    Window window = Window.ceiling(chain.shape(), 3, 2);
    return chain.add("pool", new Layer.Pooling(PoolingKind.MAX, window));
  }

  private static Network classifier(LayerChain chain) {
    LayerChain logits =
        chain
            .in("head")
            .add("pool", new Layer.GlobalAveragePooling())
            .add("dense", new Layer.Dense(CLASSES, true));
    return chain.builder().build(logits.node());
  }

  /** Every first unit has a projection; a bottleneck's stride is in its first convolution. */
  private static Network resNet(int[] units, boolean bottleneck) {
    LayerChain root = input("resnet");
    LayerChain chain = pool(unit(root.in("stem"), 64, Window.square(7, 2, 3)));
    for (int stage = 0; stage < units.length; stage++) {
      for (int i = 0; i < units[stage]; i++) {
        LayerChain in = root.from(chain.node()).in("stage_" + stage).in("unit_" + i);
        chain = residual(in, 64 << stage, i > 0 ? 0 : stage > 0 ? 2 : 1, bottleneck);
      }
    }
    return classifier(root.from(chain.node()));
  }

  /**
   * @param projected the stride of the projection, 0 for none
   */
  private static LayerChain residual(
      LayerChain in, int filters, int projected, boolean bottleneck) {
    int stride = Math.max(1, projected);
    Window first = bottleneck ? Window.square(1, stride, 0) : Window.square(3, stride, 1);
    LayerChain body = unit(in.in("a"), filters, first);
    if (bottleneck) {
      body = unit(in.from(body.node()).in("b"), filters, THREE);
    }
    int out = bottleneck ? 4 * filters : filters;
    Window last = bottleneck ? ONE : THREE;
    body = in.from(body.node()).add("last", new Layer.Convolution(out, last, 1, true));
    int shortcut =
        projected == 0
            ? in.node()
            : in.add("projection", new Layer.Convolution(out, Window.square(1, stride, 0), 1, true))
                .node();
    return body.join("sum", new Layer.Add(), shortcut).activation(ActivationFunction.RELU);
  }

  private static Network googleNet() {
    LayerChain root = input("googlenet");
    LayerChain chain = pool(unit(root.in("stem_1"), 64, Window.square(7, 2, 3)));
    chain = unit(root.from(chain.node()).in("stem_2"), 64, ONE);
    chain = pool(unit(root.from(chain.node()).in("stem_3"), 192, THREE));
    for (int stage = 0; stage < INCEPTION.size(); stage++) {
      chain = stage == 0 ? chain : pool(root.from(chain.node()).in("stage_" + stage));
      int[][] modules = INCEPTION.get(stage);
      for (int i = 0; i < modules.length; i++) {
        chain =
            inception(root.from(chain.node()).in("stage_" + stage).in("module_" + i), modules[i]);
      }
    }
    return classifier(root.from(chain.node()));
  }

  private static LayerChain inception(LayerChain in, int[] filters) {
    LayerChain points = unit(in.in("1x1"), filters[0], ONE);
    LayerChain narrow = unit(in.in("3x3_reduce"), filters[1], ONE);
    LayerChain squares = unit(in.from(narrow.node()).in("3x3"), filters[2], THREE);
    LayerChain narrower = unit(in.in("5x5_reduce"), filters[3], ONE);
    LayerChain wide = unit(in.from(narrower.node()).in("5x5"), filters[4], Window.square(5, 1, 2));
    LayerChain pooled = in.add("pool", new Layer.Pooling(PoolingKind.MAX, THREE));
    LayerChain last = unit(pooled.in("pool_projection"), filters[5], ONE);
    return in.from(points.node())
        .join("concat", new Layer.Concat(), squares.node(), wide.node(), last.node());
  }
}
