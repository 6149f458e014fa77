package org.finchnas.mobile.tflite;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.tensorflowlite.BuiltinOpResolver;
import org.bytedeco.tensorflowlite.FlatBufferModel;
import org.bytedeco.tensorflowlite.Interpreter;
import org.bytedeco.tensorflowlite.InterpreterBuilder;
import org.bytedeco.tensorflowlite.global.tensorflowlite;
import org.finchnas.mobile.latency.Inference;
import org.finchnas.searchspace.network.Shape;

/** An interpreter of one thread with its input and outputs, run after run. */
final class TfliteInference implements Inference {

  private final BuiltinOpResolver resolver;
  private final Interpreter interpreter = new Interpreter((Pointer) null);
  private final float[] image;
  private final int channels;

  /**
   * @param model stays open until this is closed
   * @throws IllegalStateException if the runtime does not take the model
   */
  TfliteInference(FlatBufferModel model, TfliteKernels kernels, Shape input) {
    this.resolver = kernels.resolver();
    this.image = new float[Math.toIntExact(input.elements())];
    this.channels = input.channels();
    try (InterpreterBuilder builder = new InterpreterBuilder(model, resolver)) {
      requireOk(builder.SetNumThreads(1), "set a thread");
      requireOk(builder.apply(interpreter), "build an interpreter");
    }
    requireOk(interpreter.AllocateTensors(), "allocate tensors");
  }

  /** Channel, row, column becomes row, column, channel. */
  void load(byte[] pixels, int offset) {
    int area = image.length / channels;
    for (int channel = 0; channel < channels; channel++) {
      for (int i = 0; i < area; i++) {
        image[i * channels + channel] = Byte.toUnsignedInt(pixels[offset + channel * area + i]);
      }
    }
    interpreter.typed_input_tensor_float(0).put(image);
  }

  @Override
  public void run() {
    requireOk(interpreter.Invoke(), "run");
  }

  float[] logits(int classes) {
    return copy(interpreter.typed_output_tensor_float(0), classes);
  }

  float[] probabilities(int classes) {
    return copy(interpreter.typed_output_tensor_float(1), classes);
  }

  private static float[] copy(FloatPointer row, int classes) {
    float[] values = new float[classes];
    row.get(values);
    return values;
  }

  private static void requireOk(int status, String step) {
    if (status != tensorflowlite.kTfLiteOk) {
      throw new IllegalStateException(
          "TensorFlow Lite failed to %s: status %d.".formatted(step, status));
    }
  }

  @Override
  public void close() {
    interpreter.close();
    resolver.close();
  }
}
