package org.finchnas.worker.graph;

import java.util.HashMap;
import java.util.Map;
import org.bytedeco.javacpp.FloatPointer;
import org.finchnas.searchspace.network.Layer;
import org.finchnas.searchspace.network.Padding;
import org.finchnas.searchspace.network.Window;
import org.finchnas.worker.onednn.Convolution;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A convolution in single precision, by oneDNN. A 1 x 1 convolution without stride is a matrix
 * product, which needs no preparation; weight gradients of large depthwise kernels, for which
 * oneDNN has nothing fast, are loops.
 */
final class ConvolutionKernel extends Kernel {

  private final Layer.Convolution layer;
  private final boolean pointwise;
  private final Map<Integer, Convolution> prepared = new HashMap<>();
  private @Nullable DepthwiseWeightGradient loops;

  ConvolutionKernel(Place place, Layer.Convolution layer) {
    super(place);
    this.layer = layer;
    pointwise = isPointwise(layer);
    place.memory().closeAtEnd(() -> prepared.values().forEach(Convolution::close));
  }

  private static boolean isPointwise(Layer.Convolution layer) {
    Window window = layer.window();
    return layer.groups() == 1
        && !layer.bias()
        && window.kernelHeight() == 1
        && window.kernelWidth() == 1
        && window.strideHeight() == 1
        && window.strideWidth() == 1
        && window.padding().equals(Padding.NONE);
  }

  @Override
  void forward(INDArray[] inputs, INDArray output, boolean training) {
    INDArray weights = weight("weights");
    if (pointwise) {
      MatrixProduct.of(inputs[0], weights, output);
      return;
    }
    convolution(output)
        .forward(
            Floats.pointer(inputs[0]),
            Floats.pointer(weights),
            pointerOrNull(weightOrNull("bias")),
            Floats.pointer(output));
    Floats.keepUntilHere(inputs[0], weights, output);
  }

  @Override
  INDArray[] backward(INDArray[] inputs, INDArray output, INDArray epsilon, Backward backward) {
    INDArray target = backward.gradientOf(0);
    if (pointwise) {
      MatrixProduct.ofTransposed(inputs[0], epsilon, gradient("weights"));
      if (!place().readsImages()) {
        MatrixProduct.withTransposed(epsilon, weight("weights"), target);
      }
      return Ops.arrays(target);
    }
    fillWeightGradient(inputs[0], epsilon);
    if (!place().readsImages()) {
      INDArray weights = weight("weights");
      convolution(epsilon)
          .inputGradient(Floats.pointer(epsilon), Floats.pointer(weights), Floats.pointer(target));
      Floats.keepUntilHere(epsilon, weights, target);
    }
    return Ops.arrays(target);
  }

  private void fillWeightGradient(INDArray input, INDArray epsilon) {
    INDArray target = gradient("weights");
    INDArray ofBias = gradientOrNull("bias");
    Convolution convolution = convolution(epsilon);
    if (convolution.hasFastWeightGradient() || layer.filters() != layer.groups()) {
      convolution.weightGradient(
          Floats.pointer(input),
          Floats.pointer(epsilon),
          Floats.pointer(target),
          pointerOrNull(ofBias));
      Floats.keepUntilHere(input, epsilon, target, ofBias);
      return;
    }
    if (loops == null) {
      loops = new DepthwiseWeightGradient(place().input(), layer.window());
    }
    loops.fill(input, epsilon, target);
    if (ofBias != null) {
      ofBias.assign(epsilon.sum(0, 1, 2));
    }
  }

  /** The convolution for a batch as large as that of some maps. */
  private Convolution convolution(INDArray maps) {
    return prepared.computeIfAbsent(
        Math.toIntExact(maps.size(0)),
        batch ->
            new Convolution(
                new Convolution.Geometry(
                    batch,
                    place().input(),
                    layer.window(),
                    layer.filters(),
                    layer.groups(),
                    layer.bias()),
                floats -> Floats.pointer(place().memory().scratch(floats))));
  }

  private static @Nullable FloatPointer pointerOrNull(@Nullable INDArray array) {
    return array == null ? null : Floats.pointer(array);
  }
}
