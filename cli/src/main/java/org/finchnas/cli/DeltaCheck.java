package org.finchnas.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.finchnas.evaluation.Predictions;
import org.finchnas.evaluation.Predictor;
import org.finchnas.mobile.verification.VerificationImages;
import org.finchnas.searchspace.network.TrainedNetwork;
import org.finchnas.searchspace.weights.DeltaFile;
import org.finchnas.searchspace.weights.WeightsFile;
import org.finchnas.worker.graph.Dl4jPredictor;

/**
 * Whether base and delta make a model, bit for bit.
 *
 * @param made SHA-256 of the weights file of what they make
 * @param model the same of the model they should make
 * @param arrays of what they make
 * @param changed how many of these the delta holds
 * @param images on how many both were run; 0 if they read pictures of different shapes
 * @param imagesEqual on how many of these all logits have the same bits
 */
record DeltaCheck(
    Path file,
    long fileBytes,
    String made,
    String model,
    int arrays,
    int changed,
    int images,
    int imagesEqual) {

  /**
   * @throws IllegalArgumentException if the delta is of another base, or altered
   * @throws IOException if it cannot be read or is none
   */
  static DeltaCheck of(Path file, WeightsFile base, WeightsFile model, VerificationImages images)
      throws IOException {
    DeltaFile delta = DeltaFile.read(file);
    WeightsFile made = applied(file, delta, base);
    boolean comparable = made.blueprint().image().equals(model.blueprint().image());
    return new DeltaCheck(
        file,
        Files.size(file),
        made.sha256(),
        model.sha256(),
        made.trained().weights().size(),
        delta.changed().size(),
        comparable ? images.count() : 0,
        comparable ? imagesEqual(made.trained(), model.trained(), images) : 0);
  }

  /**
   * What base and delta make.
   *
   * @throws InputException if the delta is of another base, or altered; names it
   */
  static WeightsFile applied(Path file, DeltaFile delta, WeightsFile base) {
    try {
      return delta.appliedTo(base);
    } catch (IllegalArgumentException e) {
      throw new InputException("%s: %s".formatted(file, e.getMessage()));
    }
  }

  private static int imagesEqual(
      TrainedNetwork one, TrainedNetwork other, VerificationImages images) {
    Predictions ofOne = predictions(one, images);
    Predictions ofOther = predictions(other, images);
    int equal = 0;
    for (int i = 0; i < images.count(); i++) {
      equal += Arrays.equals(ofOne.logits(i), ofOther.logits(i)) ? 1 : 0;
    }
    return equal;
  }

  private static Predictions predictions(TrainedNetwork network, VerificationImages images) {
    try (Predictor predictor = new Dl4jPredictor(network)) {
      return predictor.predict(images.pixels(), images.count());
    }
  }

  boolean passed() {
    return made.equals(model) && imagesEqual == images;
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s  delta, %s, %s"
            .formatted(file, Quantity.bytes(fileBytes), passed() ? "verified" : "NOT VERIFIED"));
    lines.add(
        "  base and delta make %d arrays, %d of them from the delta: SHA-256 %s, the model's is %s"
            .formatted(arrays, changed, made, made.equals(model) ? "the same" : model));
    lines.add(
        images == 0
            ? "  not run: both read pictures of different shapes"
            : "  on %d images: all logits equal bit for bit on %d".formatted(images, imagesEqual));
    return lines;
  }

  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("file", file.toString());
    json.put("format", "delta");
    json.put("fileBytes", fileBytes);
    json.put("verified", passed());
    json.put("result", made);
    json.put("model", model);
    json.put("arrays", arrays);
    json.put("changed", changed);
    json.put("images", images);
    json.put("imagesEqual", imagesEqual);
    return json;
  }
}
