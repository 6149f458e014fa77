package org.finchnas.mobile.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Map;
import org.finchnas.mobile.latency.Inference;
import org.finchnas.mobile.onnx.graph.OnnxForm;
import org.finchnas.mobile.onnx.runtime.OrtCall;
import org.finchnas.searchspace.network.Shape;

/** One input and two outputs that the runtime reads and writes in place, run after run. */
final class OnnxInference implements Inference {

  private final OrtSession session;
  private final FloatBuffer image;
  private final FloatBuffer logits;
  private final FloatBuffer probabilities;
  private final Map<String, OnnxTensor> inputs;
  private final Map<String, OnnxValue> outputs;

  OnnxInference(
      OrtEnvironment environment, OrtSession session, String inputName, Shape input, int classes) {
    this.session = session;
    this.image = buffer(Math.toIntExact(input.elements()));
    this.logits = buffer(classes);
    this.probabilities = buffer(classes);
    long[] imageShape = {1, input.channels(), input.height(), input.width()};
    long[] rowShape = {1, classes};
    this.inputs =
        OrtCall.checked(
            () -> Map.of(inputName, OnnxTensor.createTensor(environment, image, imageShape)));
    this.outputs =
        OrtCall.checked(
            () ->
                Map.of(
                    OnnxForm.LOGITS,
                    OnnxTensor.createTensor(environment, logits, rowShape),
                    OnnxForm.PROBABILITIES,
                    OnnxTensor.createTensor(environment, probabilities, rowShape)));
  }

  private static FloatBuffer buffer(int floats) {
    return ByteBuffer.allocateDirect(floats * Float.BYTES)
        .order(ByteOrder.nativeOrder())
        .asFloatBuffer();
  }

  void load(byte[] pixels, int offset) {
    for (int i = 0; i < image.capacity(); i++) {
      image.put(i, Byte.toUnsignedInt(pixels[offset + i]));
    }
  }

  @Override
  public void run() {
    OrtCall.checked(() -> session.run(inputs, outputs)).close();
  }

  float[] logits() {
    return copy(logits);
  }

  float[] probabilities() {
    return copy(probabilities);
  }

  private static float[] copy(FloatBuffer row) {
    float[] values = new float[row.capacity()];
    row.get(0, values);
    return values;
  }

  @Override
  public void close() {
    inputs.values().forEach(OnnxTensor::close);
    outputs.values().forEach(OnnxValue::close);
  }
}
