package org.finchnas.mobile.tflite;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.tensorflowlite.FlatBufferModel;
import org.bytedeco.tensorflowlite.global.tensorflowlite;
import org.finchnas.evaluation.Predictions;
import org.finchnas.evaluation.Predictor;
import org.finchnas.mobile.LoadedModel;
import org.finchnas.mobile.Precision;
import org.finchnas.mobile.UnreadableModelException;
import org.finchnas.mobile.latency.Inference;
import org.finchnas.mobile.verification.NamedPredictor;
import org.finchnas.searchspace.network.Shape;
import org.tensorflow.lite.schema.Model;
import org.tensorflow.lite.schema.SubGraph;
import org.tensorflow.lite.schema.Tensor;

/**
 * An exported TFLite file in TensorFlow Lite on one thread, image by image: timed with XNNPACK,
 * verified with it and without. Both logits and probabilities are the file's own outputs.
 */
public final class TfliteModel implements LoadedModel {

  private final TfliteFile file;
  private final Shape input;

  /** The model reads its weights here. */
  private final BytePointer bytes;

  private final FlatBufferModel model;

  private TfliteModel(TfliteFile file, Shape input, BytePointer bytes, FlatBufferModel model) {
    this.file = file;
    this.input = input;
    this.bytes = bytes;
    this.model = model;
  }

  /**
   * @throws UnreadableModelException if it is not a TFLite file that Finch wrote, or is truncated
   *     or altered
   * @throws IOException if the file cannot be read
   */
  public static TfliteModel open(Path path) throws IOException {
    byte[] content = Files.readAllBytes(path);
    TfliteFile file = TfliteFile.parse(path.toString(), content);
    BytePointer bytes = new BytePointer(content);
    FlatBufferModel model =
        FlatBufferModel.VerifyAndBuildFromBuffer(bytes, content.length, null, null);
    if (model == null || model.isNull()) {
      bytes.close();
      throw new UnreadableModelException(
          "TensorFlow Lite %s does not take %s. Export the model again.".formatted(version(), path),
          null);
    }
    return new TfliteModel(file, input(content), bytes, model);
  }

  private static Shape input(byte[] content) {
    SubGraph graph = Model.getRootAsModel(ByteBuffer.wrap(content)).subgraphs(0);
    Tensor image = graph.tensors(graph.inputs(0));
    return new Shape(image.shape(3), image.shape(1), image.shape(2));
  }

  private static String version() {
    try (BytePointer version = tensorflowlite.TfLiteVersion()) {
      return version.getString();
    }
  }

  @Override
  public Predictions predict(byte[] pixels, int count) {
    return predict(TfliteKernels.XNNPACK, pixels, count);
  }

  private Predictions predict(TfliteKernels kernels, byte[] pixels, int count) {
    int size = imageBytes(pixels, count);
    int classes = labels().size();
    float[][] logits = new float[count][];
    float[][] probabilities = new float[count][];
    try (TfliteInference inference = new TfliteInference(model, kernels, input)) {
      for (int i = 0; i < count; i++) {
        inference.load(pixels, i * size);
        inference.run();
        logits[i] = inference.logits(classes);
        probabilities[i] = inference.probabilities(classes);
      }
    }
    return new Predictions(logits, probabilities);
  }

  @Override
  public List<NamedPredictor> runtimes() {
    return List.of(named(TfliteKernels.XNNPACK), named(TfliteKernels.BUILTIN));
  }

  private NamedPredictor named(TfliteKernels kernels) {
    return new NamedPredictor(name(kernels), new WithKernels(kernels));
  }

  /** This file, run by one set of kernels; closed with the file. */
  private final class WithKernels implements Predictor {
    private final TfliteKernels kernels;

    WithKernels(TfliteKernels kernels) {
      this.kernels = kernels;
    }

    @Override
    public Predictions predict(byte[] pixels, int count) {
      return TfliteModel.this.predict(kernels, pixels, count);
    }

    @Override
    public void close() {}
  }

  private static String name(TfliteKernels kernels) {
    return "TensorFlow Lite %s, %s".formatted(version(), kernels.description());
  }

  @Override
  public String runtime() {
    return name(TfliteKernels.XNNPACK);
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
    TfliteInference inference = new TfliteInference(model, TfliteKernels.XNNPACK, input);
    inference.load(pixels, 0);
    return inference;
  }

  @Override
  public void close() {
    model.close();
    bytes.close();
  }
}
