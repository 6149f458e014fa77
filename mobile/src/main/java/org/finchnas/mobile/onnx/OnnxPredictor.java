package org.finchnas.mobile.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.finchnas.evaluation.Predictions;
import org.finchnas.mobile.LoadedModel;
import org.finchnas.mobile.Precision;
import org.finchnas.mobile.UnreadableModelException;
import org.finchnas.mobile.latency.Inference;
import org.finchnas.mobile.onnx.runtime.OrtStart;
import org.finchnas.searchspace.network.Shape;

/**
 * Runs an exported ONNX file in ONNX Runtime on one thread, image by image. Both logits and
 * probabilities are the file's own outputs.
 */
public final class OnnxPredictor implements LoadedModel {

  private final OrtEnvironment environment;
  private final OrtSession session;
  private final OnnxFile file;
  private final String inputName;
  private final Shape input;

  private OnnxPredictor(
      OrtEnvironment environment, OrtSession session, OnnxFile file, NodeInfo input) {
    this.environment = environment;
    this.session = session;
    this.file = file;
    this.inputName = input.getName();
    long[] shape = ((TensorInfo) input.getInfo()).getShape();
    this.input = new Shape((int) shape[1], (int) shape[2], (int) shape[3]);
  }

  /**
   * @throws UnreadableModelException if it is not an ONNX file that Finch wrote, or is truncated or
   *     altered
   * @throws IOException if the file cannot be read
   */
  public static OnnxPredictor open(Path path) throws IOException {
    byte[] bytes = Files.readAllBytes(path);
    OnnxFile file = OnnxFile.parse(path.toString(), bytes);
    OrtEnvironment environment = OrtStart.environment();
    try {
      OrtSession session = OrtStart.session(bytes);
      NodeInfo input = session.getInputInfo().values().iterator().next();
      return new OnnxPredictor(environment, session, file, input);
    } catch (OrtException e) {
      throw new UnreadableModelException(
          "ONNX Runtime %s does not take %s: %s"
              .formatted(environment.getVersion(), path, e.getMessage()),
          e);
    }
  }

  @Override
  public Predictions predict(byte[] pixels, int count) {
    int size = imageBytes(pixels, count);
    float[][] logits = new float[count][];
    float[][] probabilities = new float[count][];
    try (OnnxInference inference =
        new OnnxInference(environment, session, inputName, input, labels().size())) {
      for (int i = 0; i < count; i++) {
        inference.load(pixels, i * size);
        inference.run();
        logits[i] = inference.logits();
        probabilities[i] = inference.probabilities();
      }
    }
    return new Predictions(logits, probabilities);
  }

  @Override
  public String runtime() {
    return "ONNX Runtime " + environment.getVersion() + ", CPU";
  }

  @Override
  public int threads() {
    return 1;
  }

  @Override
  public Shape input() {
    return input;
  }

  @Override
  public List<String> labels() {
    return file.labels();
  }

  @Override
  public Precision precision() {
    return file.precision();
  }

  @Override
  public Map<String, String> properties() {
    return file.properties();
  }

  @Override
  public Inference inference(byte[] pixels) {
    OnnxInference inference =
        new OnnxInference(environment, session, inputName, input, labels().size());
    inference.load(pixels, 0);
    return inference;
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime failed: " + e.getMessage(), e);
    }
  }
}
