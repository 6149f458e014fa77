package org.finchnas.benchmarks.libtorch;

import java.util.List;
import org.finchnas.searchspace.Architecture;
import org.finchnas.searchspace.Blueprint;
import org.finchnas.searchspace.Macro;
import org.finchnas.searchspace.Stem;
import org.finchnas.searchspace.network.ActivationFunction;
import org.finchnas.searchspace.network.Layer;
import org.finchnas.searchspace.network.Network;
import org.finchnas.searchspace.network.NetworkBuilder;
import org.finchnas.searchspace.network.Shape;
import org.finchnas.searchspace.network.Window;

/** The networks that both sides train. */
public final class PeerNetworks {

  /** Those whose training is timed, in the order of the table. */
  public static final List<String> NAMES =
      List.of("conv-stack", "separable-stack", "nasnet-a", "amoebanet-a", "mobilenet-v2@0.35");

  /** NASNet-A's cells on images of 16 x 16, small enough to be trained often. */
  public static final String SMALL = "nasnet-a-small";

  private static final Shape IMAGE = new Shape(3, 32, 32);
  private static final int CLASSES = 10;
  private static final int STACK_FILTERS = 32;
  private static final int STACK_UNITS = 4;

  private PeerNetworks() {}

  /**
   * @throws IllegalArgumentException if there is no network of that name
   */
  public static Network byName(String name) {
    return switch (name) {
      case "conv-stack" -> stack(name, false);
      case "separable-stack" -> stack(name, true);
      case "nasnet-a" -> cells("nasnet-a-cifar", 1, 16, IMAGE);
      case "amoebanet-a" -> cells("amoebanet-a-mobile", 2, 12, IMAGE);
      case SMALL -> cells("nasnet-a-cifar", 1, 8, new Shape(3, 16, 16));
      case "mobilenet-v2@0.35" -> new Blueprint(name, IMAGE, CLASSES).assemble();
      default ->
          throw new IllegalArgumentException(
              "There is no benchmark network %s, only %s.".formatted(name, NAMES));
    };
  }

  /** The cells of a published network, stacked for small images. */
  private static Network cells(
      String published, int cellsPerStack, int initialFilters, Shape image) {
    Architecture cells = Blueprint.of(published).architecture().orElseThrow();
    Macro macro = new Macro(cellsPerStack, initialFilters, Stem.CIFAR, image.height());
    return new Architecture(cells.normal(), cells.reduction(), macro).assemble(image, CLASSES);
  }

  /** A stem and four units at 32 x 32 x 32, each a 3x3 convolution, plain or separable. */
  private static Network stack(String name, boolean separable) {
    NetworkBuilder net = new NetworkBuilder(name, IMAGE);
    int state = unit(net, "stem", net.input(), false);
    for (int i = 0; i < STACK_UNITS; i++) {
      state = unit(net, "unit_" + i, state, separable);
    }
    int pooled = net.add("pool", new Layer.GlobalAveragePooling(), state);
    return net.build(net.add("logits", new Layer.Dense(CLASSES, true), pooled));
  }

  private static int unit(NetworkBuilder net, String name, int input, boolean separable) {
    Window spatial = Window.same(IMAGE, 3, 1, 1);
    int state = input;
    if (separable) {
      Layer depthwise = new Layer.Convolution(STACK_FILTERS, spatial, STACK_FILTERS, false);
      state = net.add(name + "/depthwise", depthwise, state);
    }
    Window window = separable ? Window.same(IMAGE, 1, 1, 1) : spatial;
    state = net.add(name + "/conv", new Layer.Convolution(STACK_FILTERS, window, 1, false), state);
    state = net.add(name + "/norm", new Layer.BatchNorm(1e-5, 0.9), state);
    return net.add(name + "/relu", new Layer.Activation(ActivationFunction.RELU), state);
  }
}
