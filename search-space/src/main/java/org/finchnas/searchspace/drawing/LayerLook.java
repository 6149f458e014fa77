package org.finchnas.searchspace.drawing;

import java.util.List;
import org.finchnas.searchspace.network.ActivationFunction;
import org.finchnas.searchspace.network.Layer;
import org.finchnas.searchspace.network.PoolingKind;
import org.finchnas.searchspace.network.Shape;
import org.finchnas.searchspace.network.Window;

/**
 * How a layer is drawn.
 *
 * @param channels those that come out where the layer decides about them, else empty
 * @param folded whether it is only a word at the layer before or after
 */
record LayerLook(Element.Kind kind, String text, String channels, Family family, boolean folded) {

  static LayerLook of(Layer layer, List<Shape> inputs) {
    return layer.match(new Looks(inputs));
  }

  private static LayerLook box(String text, String channels, Family family) {
    return new LayerLook(Element.Kind.BOX, text, channels, family, false);
  }

  private static LayerLook word(String text) {
    return new LayerLook(Element.Kind.BOX, text, "", Family.PLAIN, true);
  }

  private static LayerLook join(Element.Kind kind, String text) {
    return new LayerLook(kind, text, "", Family.JOIN, false);
  }

  private static String window(Window window) {
    String kernel = " %d×%d".formatted(window.kernelHeight(), window.kernelWidth());
    String dilation = window.dilation() > 1 ? " d" + window.dilation() : "";
    if (window.strideHeight() != window.strideWidth()) {
      return kernel + " s%d×%d".formatted(window.strideHeight(), window.strideWidth()) + dilation;
    }
    return kernel + (window.strideHeight() > 1 ? " s" + window.strideHeight() : "") + dilation;
  }

  private static String name(ActivationFunction function) {
    return switch (function) {
      case RELU -> "ReLU";
      case LEAKY_RELU -> "leaky ReLU";
      case RELU6 -> "ReLU6";
      case SIGMOID -> "sigmoid";
      case HARD_SIGMOID -> "h-sigmoid";
      case SWISH -> "swish";
      case HARD_SWISH -> "h-swish";
    };
  }

  private record Looks(List<Shape> inputs) implements Layer.Cases<LayerLook> {
    @Override
    public LayerLook input(Layer.Input layer) {
      return box("input", "", Family.PLAIN);
    }

    @Override
    public LayerLook convolution(Layer.Convolution layer) {
      String channels = String.valueOf(layer.filters());
      if (layer.isDepthwise(inputs.get(0))) {
        return box("dw" + window(layer.window()), channels, Family.SEPARABLE);
      }
      String groups = layer.groups() > 1 ? " g" + layer.groups() : "";
      return box("conv" + window(layer.window()) + groups, channels, Family.CONVOLUTION);
    }

    @Override
    public LayerLook transposedConvolution(Layer.TransposedConvolution layer) {
      String window = " %d×%d s%d".formatted(layer.kernel(), layer.kernel(), layer.kernel());
      return box("up" + window, String.valueOf(layer.filters()), Family.CONVOLUTION);
    }

    @Override
    public LayerLook batchNorm(Layer.BatchNorm layer) {
      return word("BN");
    }

    @Override
    public LayerLook activation(Layer.Activation layer) {
      return word(name(layer.function()));
    }

    @Override
    public LayerLook pooling(Layer.Pooling layer) {
      String kind = layer.kind() == PoolingKind.MAX ? "max" : "avg";
      return box(kind + window(layer.window()), "", Family.POOLING);
    }

    @Override
    public LayerLook globalAveragePooling(Layer.GlobalAveragePooling layer) {
      return box("global avg", "", Family.POOLING);
    }

    @Override
    public LayerLook dense(Layer.Dense layer) {
      return box("dense", String.valueOf(layer.units()), Family.DENSE);
    }

    @Override
    public LayerLook add(Layer.Add layer) {
      return join(Element.Kind.CIRCLE, "+");
    }

    @Override
    public LayerLook multiply(Layer.Multiply layer) {
      return join(Element.Kind.CIRCLE, "×");
    }

    @Override
    public LayerLook concat(Layer.Concat layer) {
      return join(Element.Kind.BAR, "concat");
    }

    @Override
    public LayerLook shift(Layer.Shift layer) {
      return box("shift", "", Family.PLAIN);
    }

    @Override
    public LayerLook channelShuffle(Layer.ChannelShuffle layer) {
      return box("shuffle", "g" + layer.groups(), Family.MOBILE);
    }

    @Override
    public LayerLook dropout(Layer.Dropout layer) {
      return word("dropout");
    }

    @Override
    public LayerLook dropPath(Layer.DropPath layer) {
      return word("drop-path");
    }
  }
}
