package org.finchnas.searchspace.published;

import java.util.List;
import org.finchnas.searchspace.network.ActivationFunction;
import org.finchnas.searchspace.network.Layer;
import org.finchnas.searchspace.network.LayerChain;
import org.finchnas.searchspace.network.Network;
import org.finchnas.searchspace.network.Shape;
import org.finchnas.searchspace.network.Window;

/**
 * Darknet (Redmon, pjreddie.com/darknet/imagenet; Darknet-19 in arXiv 1612.08242) as osmr/imgclsmob
 * defines it: the image is halved by pooling between the stages, and the classifier is a
 * convolution whose map is averaged.
 *
 * @param stages the channels of each stage's convolutions; every second one of a stage is 1x1
 * @param activatesClasses whether an activation follows the classifier
 */
record Darknet(List<List<Integer>> stages, boolean activatesClasses) implements PublishedNetwork {

  static final Darknet REFERENCE =
      new Darknet(
          List.of(
              List.of(16),
              List.of(32),
              List.of(64),
              List.of(128),
              List.of(256),
              List.of(512),
              List.of(1024)),
          true);

  static final Darknet DARKNET_19 =
      new Darknet(
          List.of(
              List.of(32),
              List.of(64),
              List.of(128, 64, 128),
              List.of(256, 128, 256),
              List.of(512, 256, 512, 256, 512),
              List.of(1024, 512, 1024, 512, 1024)),
          false);

  @Override
  public Network assemble(String name, Shape image, int classes) {
    LayerChain root = Units.input(name, image, Units.BATCH_NORM);
    LayerChain chain = root;
    for (int stage = 1; stage <= stages.size(); stage++) {
      LayerChain scope = root.from(chain.node()).in("stage_" + stage);
      chain = stage == 1 ? scope : Units.maxPool(scope, Window.square(2, 2, 0));
      chain = convolutions(scope.from(chain.node()), stages.get(stage - 1));
    }
    LayerChain head =
        root.from(chain.node())
            .in("head")
            .add("convolution", new Layer.Convolution(classes, Window.square(1, 1, 0), 1, true));
    LayerChain active = activatesClasses ? head.activation(ActivationFunction.LEAKY_RELU) : head;
    return root.builder().build(active.add("pool", new Layer.GlobalAveragePooling()).node());
  }

  private static LayerChain convolutions(LayerChain stage, List<Integer> channels) {
    LayerChain chain = stage;
    for (int i = 0; i < channels.size(); i++) {
      Window window = i % 2 == 0 ? Window.square(3, 1, 1) : Window.square(1, 1, 0);
      LayerChain scope = stage.from(chain.node()).in("unit_" + (i + 1));
      chain = Units.convolution(scope, channels.get(i), window, ActivationFunction.LEAKY_RELU);
    }
    return chain;
  }
}
