package org.finchnas.mobile.coreml.decoder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.finchnas.evaluation.Predictions;
import org.finchnas.mobile.LoadedModel;
import org.finchnas.mobile.ModelContent;
import org.finchnas.mobile.Precision;
import org.finchnas.mobile.UnreadableModelException;
import org.finchnas.mobile.latency.Inference;
import org.finchnas.searchspace.network.Shape;

/**
 * A Core ML model that was decoded from its bytes and is evaluated with plain loops, image by
 * image. Both logits and probabilities are the file's own outputs. Core ML did not run it, and how
 * long it takes says nothing about a phone.
 */
public final class DecodedModel implements LoadedModel {

  private static final int CLASSIFIER = 403;
  private static final int PROGRAM = 502;

  private final Header header;
  private final DecodedGraph graph;

  private DecodedModel(Header header, DecodedGraph graph) {
    this.header = header;
    this.graph = graph;
    // A model that is whole must also compute: what does not fit together shows here.
    DecodedGraph.Rows unused = run(new byte[Math.toIntExact(header.input().elements())], 0);
  }

  /**
   * Opens an {@code .mlmodel} file that holds a neural network classifier.
   *
   * @throws UnreadableModelException if it is not such a file that Finch wrote, or is truncated or
   *     altered
   * @throws IOException if it cannot be read
   */
  public static DecodedModel ofNeuralNetwork(Path path) throws IOException {
    byte[] bytes = Files.readAllBytes(path);
    return decoded(
        path,
        () -> {
          requireSeal(path, new SealCheck(bytes).holdsForFile());
          WireMessage model = WireMessage.of(bytes);
          Header header = Header.of(model);
          return new DecodedModel(header, NetworkDecoder.graph(model.message(CLASSIFIER), header));
        });
  }

  /**
   * Opens an {@code .mlpackage} folder that holds an ML program.
   *
   * @throws UnreadableModelException if it is not such a folder that Finch wrote, or a file of it
   *     is missing, truncated or altered
   * @throws IOException if it cannot be read
   */
  public static DecodedModel ofProgram(Path path) throws IOException {
    Map<String, byte[]> files = ModelContent.read(path).files();
    return decoded(
        path,
        () -> {
          String place = PackageManifest.modelPlace(files);
          byte[] bytes = PackageManifest.file(files, place);
          requireSeal(path, new SealCheck(bytes).holdsForFolder(files, place));
          WireMessage model = WireMessage.of(bytes);
          Header header = Header.of(model);
          String folder = place.substring(0, place.lastIndexOf('/') + 1);
          return new DecodedModel(
              header,
              ProgramDecoder.graph(
                  model.message(PROGRAM), header, new ConstantReader(files, folder)));
        });
  }

  private static DecodedModel decoded(Path path, Supplier<DecodedModel> decoding) {
    try {
      return decoding.get();
    } catch (MalformedModelException e) {
      throw new UnreadableModelException(
          "%s is no whole Core ML model that Finch wrote: %s. Export the model again."
              .formatted(path, e.getMessage()),
          e);
    }
  }

  private static void requireSeal(Path path, boolean holds) {
    if (!holds) {
      throw new UnreadableModelException(
          "%s was altered after it was written: its hash differs. Export the model again."
              .formatted(path),
          null);
    }
  }

  private DecodedGraph.Rows run(byte[] pixels, int offset) {
    Shape shape = header.input();
    float[] values = new float[Math.toIntExact(shape.elements())];
    for (int i = 0; i < values.length; i++) {
      values[i] = Byte.toUnsignedInt(pixels[offset + i]);
    }
    return graph.run(
        new Blob(new int[] {1, shape.channels(), shape.height(), shape.width()}, values));
  }

  @Override
  public Predictions predict(byte[] pixels, int count) {
    int size = imageBytes(pixels, count);
    float[][] logits = new float[count][];
    float[][] probabilities = new float[count][];
    for (int i = 0; i < count; i++) {
      DecodedGraph.Rows rows = run(pixels, i * size);
      logits[i] = rows.logits().values();
      probabilities[i] = rows.probabilities().values();
    }
    return new Predictions(logits, probabilities);
  }

  @Override
  public String runtime() {
    return "decoded and evaluated by Finch; not run by Core ML";
  }

  @Override
  public int threads() {
    return 1;
  }

  @Override
  public Shape input() {
    return header.input();
  }

  @Override
  public List<String> labels() {
    return graph.labels();
  }

  @Override
  public Precision precision() {
    return header.precision();
  }

  /** Of the format: 3 is for iOS 12 and later, 6 for iOS 15, 7 for iOS 16. */
  public int specification() {
    return header.specification();
  }

  @Override
  public Map<String, String> properties() {
    return header.properties();
  }

  @Override
  public boolean isTimed() {
    return false;
  }

  @Override
  public Inference inference(byte[] pixels) {
    return new Inference() {
      @Override
      public void run() {
        DecodedGraph.Rows unused = DecodedModel.this.run(pixels, 0);
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public void close() {}
}
