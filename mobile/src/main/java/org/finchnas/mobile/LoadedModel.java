package org.finchnas.mobile;

import java.util.List;
import java.util.Map;
import org.finchnas.evaluation.Predictor;
import org.finchnas.mobile.latency.Inference;
import org.finchnas.mobile.verification.NamedPredictor;
import org.finchnas.searchspace.network.Shape;

/** An exported file, opened by a runtime of its format. */
public interface LoadedModel extends Predictor {

  /** Name, version and provider of the runtime. */
  String runtime();

  /**
   * All that runs the file here and must agree with its network: first what {@link #runtime} names.
   * They are closed with the model.
   */
  default List<NamedPredictor> runtimes() {
    return List.of(new NamedPredictor(runtime(), this));
  }

  /** How many threads the runtime uses. */
  int threads();

  /** The shape of an image. */
  Shape input();

  /**
   * The bytes of one image.
   *
   * @throws IllegalArgumentException unless the pixels are so many images of this model's shape
   */
  default int imageBytes(byte[] pixels, int count) {
    int size = Math.toIntExact(input().elements());
    if (pixels.length != (long) count * size) {
      throw new IllegalArgumentException(
          "%d images of %s are %d bytes, not %d. Use images of the size the model was trained for."
              .formatted(count, input(), (long) count * size, pixels.length));
    }
    return size;
  }

  /** Names of the classes, in the order of the logits. */
  List<String> labels();

  Precision precision();

  /** Author, licence, version, name, design, data set and more, as written into the file. */
  Map<String, String> properties();

  /**
   * Whether how long it takes here says something of the file; false for what only decodes a file
   * and stands in for its runtime.
   */
  default boolean isTimed() {
    return true;
  }

  /** Readies one image, as in {@link #predict}, for timing. */
  Inference inference(byte[] pixels);
}
