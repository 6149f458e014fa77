package org.finchnas.mobile.onnx.runtime;

import ai.onnxruntime.OrtException;

/** What the runtime is asked to do. */
public interface OrtCall<T> {

  T call() throws OrtException;

  /** A file that loaded must run: anything else is a fault of runtime or machine. */
  static <T> T checked(OrtCall<T> call) {
    try {
      return call.call();
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime failed: " + e.getMessage(), e);
    }
  }
}
