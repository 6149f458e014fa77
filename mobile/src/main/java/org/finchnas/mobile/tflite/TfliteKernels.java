package org.finchnas.mobile.tflite;

import org.bytedeco.tensorflowlite.BuiltinOpResolver;
import org.bytedeco.tensorflowlite.BuiltinOpResolverWithoutDefaultDelegates;

/** What computes a TFLite file on a CPU. */
enum TfliteKernels {
  /** XNNPACK where it knows an operator, as TensorFlow Lite runs files by default. */
  XNNPACK("XNNPACK"),

  /** TensorFlow Lite's own kernels alone, which older versions and other builds use. */
  BUILTIN("without XNNPACK");

  private final String description;

  TfliteKernels(String description) {
    this.description = description;
  }

  String description() {
    return description;
  }

  BuiltinOpResolver resolver() {
    return switch (this) {
      case XNNPACK -> new BuiltinOpResolver();
      case BUILTIN -> new BuiltinOpResolverWithoutDefaultDelegates();
    };
  }
}
