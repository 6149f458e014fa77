package org.finchnas.mobile;

import java.util.List;
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

  /** Names of the classes, in the order of the logits. */
  List<String> labels();

  Precision precision();

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
