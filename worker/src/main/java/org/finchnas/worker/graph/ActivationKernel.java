package org.finchnas.worker.graph;

import org.finchnas.searchspace.network.ActivationFunction;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.scalar.LeakyReLU;
import org.nd4j.linalg.api.ops.impl.scalar.RectifiedLinear;
import org.nd4j.linalg.api.ops.impl.scalar.ScalarMax;
import org.nd4j.linalg.api.ops.impl.scalar.ScalarMin;
import org.nd4j.linalg.api.ops.impl.scalar.Step;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Sigmoid;
import org.nd4j.linalg.factory.Nd4j;

/** An element-wise non-linearity. */
final class ActivationKernel extends Kernel {

  private final ActivationFunction function;
  private final Buffer scratch;

  ActivationKernel(Place place, ActivationFunction function) {
    super(place);
    this.function = function;
    this.scratch = place.buffer(place.input());
  }

  @Override
  void forward(INDArray[] inputs, INDArray output, boolean training) {
    INDArray x = inputs[0];
    switch (function) {
      case RELU -> relu(x, output);
      case LEAKY_RELU -> Nd4j.exec(new LeakyReLU(x, output, ActivationFunction.LEAK));
      case RELU6 -> clip(output.assign(x), 0, 6);
      case SIGMOID -> Nd4j.exec(new Sigmoid(x, output));
      case HARD_SIGMOID -> hardSigmoid(x, output);
      case SWISH -> {
        Nd4j.exec(new Sigmoid(x, output));
        output.muli(x);
      }
      case HARD_SWISH -> {
        hardSigmoid(x, output);
        output.muli(x);
      }
    }
  }

  @Override
  INDArray[] backward(INDArray[] inputs, INDArray output, INDArray epsilon, Backward backward) {
    INDArray target = backward.gradientOf(0);
    INDArray other = scratch.forBatch(epsilon.size(0));
    derivative(inputs[0], output, other, target);
    target.muli(epsilon);
    return Ops.arrays(target);
  }

  private void derivative(INDArray x, INDArray y, INDArray other, INDArray slope) {
    switch (function) {
      case RELU -> step(y, slope);
      case LEAKY_RELU -> {
        step(y, slope);
        slope.muli(1 - ActivationFunction.LEAK).addi(ActivationFunction.LEAK);
      }
      case RELU6 -> between(y, 6, other, slope);
      case SIGMOID -> y.rsub(1, slope).muli(y);
      case HARD_SIGMOID -> between(y, 1, other, slope).divi(6);
      case SWISH -> {
        Nd4j.exec(new Sigmoid(x, other));
        y.rsub(1, slope).muli(other).addi(y);
      }
      case HARD_SWISH -> {
        hardSigmoid(x, other);
        INDArray gate = other.dup();
        between(gate, 1, other, slope).muli(x).divi(6).addi(gate);
      }
    }
  }

  private static void relu(INDArray x, INDArray y) {
    Nd4j.exec(new RectifiedLinear(x, y, 0));
  }

  private static void hardSigmoid(INDArray x, INDArray y) {
    x.div(6, y).addi(0.5);
    clip(y, 0, 1);
  }

  private static void clip(INDArray x, double low, double high) {
    Nd4j.exec(new ScalarMax(x, null, x, low));
    Nd4j.exec(new ScalarMin(x, null, x, high));
  }

  private static void step(INDArray x, INDArray y) {
    Nd4j.exec(new Step(x, y));
  }

  /** 1 where {@code 0 < y < limit}, 0 elsewhere. */
  private static INDArray between(INDArray y, double limit, INDArray other, INDArray target) {
    step(y, target);
    y.rsub(limit, other);
    step(other, other);
    return target.muli(other);
  }
}
