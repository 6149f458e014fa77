package org.finchnas.searchspace.published;

import org.finchnas.searchspace.network.ActivationFunction;
import org.finchnas.searchspace.network.Layer;
import org.finchnas.searchspace.network.LayerChain;
import org.finchnas.searchspace.network.Network;
import org.finchnas.searchspace.network.PoolingKind;
import org.finchnas.searchspace.network.Shape;
import org.finchnas.searchspace.network.Window;

/**
 * VGG without batch norm (Simonyan and Zisserman, arXiv 1409.1556, configurations D and E) as
 * torchvision defines it. The classifier reads the 7x7 map that images of 224 lead to; a map whose
 * size is a multiple of 7 is averaged to that, any other is read as it is, so that the classifier's
 * params depend on the image.
 *
 * @param convolutions of each of the last three stages: 3 in VGG-16, 4 in VGG-19
 */
record Vgg(int convolutions) implements PublishedNetwork {

  private static final int[] FILTERS = {64, 128, 256, 512, 512};
  private static final int MAP = 7;
  private static final int UNITS = 4096;

  @Override
  public Network assemble(String name, Shape image, int classes) {
    LayerChain root = Units.input(name, image, Units.BATCH_NORM);
    LayerChain chain = root;
    for (int stage = 1; stage <= FILTERS.length; stage++) {
      String scope = "stage_" + stage;
      int count = stage < 3 ? 2 : convolutions;
      for (int i = 1; i <= count; i++) {
        LayerChain unit = root.from(chain.node()).in(scope).in("unit_" + i);
        chain = Units.biased(unit, FILTERS[stage - 1], Window.square(3, 1, 1));
      }
      chain = Units.maxPool(root.from(chain.node()).in(scope), Window.square(2, 2, 0));
    }
    LayerChain head = averaged(root.from(chain.node()).in("head"));
    for (int i = 1; i <= 2; i++) {
      head =
          head.add("dense_" + i, new Layer.Dense(UNITS, true))
              .activation("relu_" + i, ActivationFunction.RELU)
              .add("dropout_" + i, new Layer.Dropout(0.5));
    }
    return root.builder().build(head.add("dense", new Layer.Dense(classes, true)).node());
  }

  private static LayerChain averaged(LayerChain head) {
    int rows = head.shape().height() / MAP;
    int columns = head.shape().width() / MAP;
    boolean whole = head.shape().height() % MAP == 0 && head.shape().width() % MAP == 0;
    if (!whole || (rows == 1 && columns == 1)) {
      return head;
    }
    Window window = Window.square(1, 1, 0);
    return head.add(
        "pool",
        new Layer.Pooling(
            PoolingKind.AVERAGE, new Window(rows, columns, rows, columns, 1, window.padding())));
  }
}
