package org.finchnas.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.finchnas.searchspace.network.Tensor;
import org.finchnas.searchspace.weights.DeltaFile;
import org.finchnas.searchspace.weights.WeightsFile;

/**
 * A delta that was written, read again and applied to its base: it makes the model.
 *
 * @param modelBytes of the whole model's file
 */
record WrittenDelta(
    Path file, DeltaFile delta, WeightsFile model, long fileBytes, long modelBytes) {

  /**
   * Writes what makes the model of the base.
   *
   * @throws IllegalArgumentException if only the whole model could
   */
  static WrittenDelta write(WeightsFile base, WeightsFile model, long modelBytes, Path file)
      throws IOException {
    DeltaFile.between(base, model).write(file);
    DeltaFile delta = DeltaFile.read(file);
    return new WrittenDelta(file, delta, delta.appliedTo(base), Files.size(file), modelBytes);
  }

  List<String> lines() {
    return List.of(
        "%s  %s, the model has %s"
            .formatted(file, Quantity.bytes(fileBytes), Quantity.bytes(modelBytes)),
        "  %d of %d arrays differ from the base, %s of %s values; base and delta make the model bit for bit (SHA-256 %s)"
            .formatted(
                delta.changed().size(),
                model.trained().weights().size(),
                Quantity.count(values(delta.changed())),
                Quantity.count(values(model.trained().weights())),
                delta.result()));
  }

  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("file", file.toString());
    json.put("fileBytes", fileBytes);
    json.put("modelBytes", modelBytes);
    json.put("changed", delta.changed().size());
    json.put("arrays", model.trained().weights().size());
    json.put("base", delta.base());
    json.put("result", delta.result());
    return json;
  }

  private static long values(Map<String, Tensor> tensors) {
    return tensors.values().stream().mapToLong(tensor -> tensor.values().length).sum();
  }
}
