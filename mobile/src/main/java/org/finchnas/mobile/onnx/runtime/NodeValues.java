package org.finchnas.mobile.onnx.runtime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import org.finchnas.mobile.graph.InferenceGraph;
import org.finchnas.mobile.onnx.graph.OnnxForm;
import org.finchnas.searchspace.network.Shape;

/** Runs an inference graph in single precision and tells all that is computed on the way. */
public final class NodeValues implements AutoCloseable {

  private final OrtEnvironment environment = OrtStart.environment();
  private final InferenceGraph graph;
  private final List<List<String>> names;
  private final OrtSession session;

  public NodeValues(InferenceGraph graph) {
    OnnxForm.AllValues form = OnnxForm.withAllValues(graph);
    byte[] model = OnnxForm.model(form.graph()).build().toByteArray();
    this.graph = graph;
    this.names = form.names();
    this.session = OrtCall.checked(() -> OrtStart.session(model));
  }

  /** Takes what a node computed for one image. */
  public interface Visitor {

    /**
     * @param node its index, from 1: the image itself is not visited
     * @param step 0, or for a node that adds: 0 for the sum of its first two inputs, 1 of its first
     *     three …
     */
    void visit(int node, int step, FloatBuffer values);
  }

  /**
   * Runs one image.
   *
   * @param pixels channel, row, column, values 0…255
   */
  public void run(byte[] pixels, Visitor visitor) {
    String inputName = session.getInputNames().iterator().next();
    try (OnnxTensor image = image(pixels);
        OrtSession.Result result = OrtCall.checked(() -> session.run(Map.of(inputName, image)))) {
      for (int node = 1; node < names.size(); node++) {
        List<String> steps = names.get(node);
        for (int step = 0; step < steps.size(); step++) {
          OnnxTensor values = (OnnxTensor) result.get(steps.get(step)).orElseThrow();
          visitor.visit(node, step, values.getFloatBuffer());
        }
      }
    }
  }

  private OnnxTensor image(byte[] pixels) {
    Shape shape = graph.input();
    if (pixels.length != shape.elements()) {
      throw new IllegalArgumentException(
          "An image of %s has %d bytes, not %d.".formatted(shape, shape.elements(), pixels.length));
    }
    FloatBuffer image = FloatBuffer.allocate(pixels.length);
    for (int i = 0; i < pixels.length; i++) {
      image.put(i, Byte.toUnsignedInt(pixels[i]));
    }
    long[] dimensions = {1, shape.channels(), shape.height(), shape.width()};
    return OrtCall.checked(() -> OnnxTensor.createTensor(environment, image, dimensions));
  }

  @Override
  public void close() {
    OrtCall.checked(
        () -> {
          session.close();
          return session;
        });
  }
}
