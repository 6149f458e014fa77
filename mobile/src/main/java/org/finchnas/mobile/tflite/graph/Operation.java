package org.finchnas.mobile.tflite.graph;

import org.finchnas.searchspace.network.Window;
import org.jspecify.annotations.Nullable;
import org.tensorflow.lite.schema.AddOptionsT;
import org.tensorflow.lite.schema.BuiltinOperator;
import org.tensorflow.lite.schema.BuiltinOptions;
import org.tensorflow.lite.schema.BuiltinOptionsUnion;
import org.tensorflow.lite.schema.ConcatenationOptionsT;
import org.tensorflow.lite.schema.Conv2DOptionsT;
import org.tensorflow.lite.schema.DepthwiseConv2DOptionsT;
import org.tensorflow.lite.schema.LeakyReluOptionsT;
import org.tensorflow.lite.schema.MulOptionsT;
import org.tensorflow.lite.schema.Pool2DOptionsT;
import org.tensorflow.lite.schema.ReducerOptionsT;
import org.tensorflow.lite.schema.SoftmaxOptionsT;
import org.tensorflow.lite.schema.StridedSliceOptionsT;

/**
 * A builtin operator with its options. Versions are those that the kinds of tensors and options
 * need, so that a runtime too old for a file says so.
 *
 * @param builtin code of the schema
 */
record Operation(int builtin, int version, @Nullable BuiltinOptionsUnion options) {

  private static Operation with(int builtin, int version, byte type, Object value) {
    BuiltinOptionsUnion options = new BuiltinOptionsUnion();
    options.setType(type);
    options.setValue(value);
    return new Operation(builtin, version, options);
  }

  /** An operator without options: version 1 for floats, 2 for bytes. */
  static Operation plain(int builtin, boolean int8) {
    return new Operation(builtin, int8 ? 2 : 1, null);
  }

  static Operation convolution(
      Window window, byte padding, byte activation, boolean grouped, boolean int8) {
    Conv2DOptionsT options = new Conv2DOptionsT();
    options.setPadding(padding);
    options.setStrideH(window.strideHeight());
    options.setStrideW(window.strideWidth());
    options.setDilationHFactor(window.dilation());
    options.setDilationWFactor(window.dilation());
    options.setFusedActivationFunction(activation);
    int ungrouped = int8 ? 3 : 1;
    return with(
        BuiltinOperator.CONV_2D, grouped ? 6 : ungrouped, BuiltinOptions.Conv2DOptions, options);
  }

  static Operation depthwise(
      Window window, byte padding, byte activation, int multiplier, boolean int8) {
    DepthwiseConv2DOptionsT options = new DepthwiseConv2DOptionsT();
    options.setPadding(padding);
    options.setStrideH(window.strideHeight());
    options.setStrideW(window.strideWidth());
    options.setDilationHFactor(window.dilation());
    options.setDilationWFactor(window.dilation());
    options.setDepthMultiplier(multiplier);
    options.setFusedActivationFunction(activation);
    int dense = window.dilation() > 1 ? 2 : 1;
    return with(
        BuiltinOperator.DEPTHWISE_CONV_2D,
        int8 ? 3 : dense,
        BuiltinOptions.DepthwiseConv2DOptions,
        options);
  }

  static Operation pool(int builtin, Window window, byte padding, boolean int8) {
    Pool2DOptionsT options = new Pool2DOptionsT();
    options.setPadding(padding);
    options.setStrideH(window.strideHeight());
    options.setStrideW(window.strideWidth());
    options.setFilterHeight(window.kernelHeight());
    options.setFilterWidth(window.kernelWidth());
    return with(builtin, int8 ? 2 : 1, BuiltinOptions.Pool2DOptions, options);
  }

  static Operation add(byte activation, boolean int8) {
    AddOptionsT options = new AddOptionsT();
    options.setFusedActivationFunction(activation);
    return with(BuiltinOperator.ADD, int8 ? 2 : 1, BuiltinOptions.AddOptions, options);
  }

  static Operation multiply(byte activation, int version) {
    MulOptionsT options = new MulOptionsT();
    options.setFusedActivationFunction(activation);
    return with(BuiltinOperator.MUL, version, BuiltinOptions.MulOptions, options);
  }

  /** Channel after channel. */
  static Operation concatenation(boolean int8) {
    ConcatenationOptionsT options = new ConcatenationOptionsT();
    options.setAxis(3);
    return with(
        BuiltinOperator.CONCATENATION, int8 ? 2 : 1, BuiltinOptions.ConcatenationOptions, options);
  }

  /** The mean over the dimensions of its second input, which stay as 1. */
  static Operation mean(boolean int8) {
    ReducerOptionsT options = new ReducerOptionsT();
    options.setKeepDims(true);
    return with(BuiltinOperator.MEAN, int8 ? 2 : 1, BuiltinOptions.ReducerOptions, options);
  }

  static Operation leakyRelu(float slope, boolean int8) {
    LeakyReluOptionsT options = new LeakyReluOptionsT();
    options.setAlpha(slope);
    return with(BuiltinOperator.LEAKY_RELU, int8 ? 2 : 1, BuiltinOptions.LeakyReluOptions, options);
  }

  static Operation stridedSlice(boolean int8) {
    return with(
        BuiltinOperator.STRIDED_SLICE,
        int8 ? 2 : 1,
        BuiltinOptions.StridedSliceOptions,
        new StridedSliceOptionsT());
  }

  static Operation softmax() {
    SoftmaxOptionsT options = new SoftmaxOptionsT();
    options.setBeta(1);
    return with(BuiltinOperator.SOFTMAX, 1, BuiltinOptions.SoftmaxOptions, options);
  }

  /** The shape is its second input. */
  static Operation reshape() {
    return new Operation(BuiltinOperator.RESHAPE, 1, null);
  }
}
