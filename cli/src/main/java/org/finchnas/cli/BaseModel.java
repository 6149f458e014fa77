package org.finchnas.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.finchnas.data.DataSet;
import org.finchnas.searchspace.weights.WeightsFile;
import org.finchnas.worker.training.InitialWeights;
import org.jspecify.annotations.Nullable;

/**
 * The model that another one was made from.
 *
 * @param name as it was asked for
 * @param dataSet what it was trained on, or null where that is not known
 */
record BaseModel(String name, WeightsFile weights, Path file, @Nullable String dataSet) {

  private static final ObjectMapper JSON = new ObjectMapper();

  static BaseModel of(Subject subject) throws IOException {
    Path file = subject.requireWeights();
    return new BaseModel(subject.name(), WeightsFile.read(file), file, subject.dataSet());
  }

  /**
   * @param out where the model that is made of it goes
   * @throws InputException if it cannot learn these classes, or would be overwritten
   */
  void requireFits(DataSet data, Path out) throws IOException {
    int reads = weights.blueprint().image().channels();
    int has = data.train().channels();
    if (reads != has) {
      throw new InputException(
          "%s reads pictures of %s, but those of %s have %d. Start from a model that reads such pictures."
              .formatted(name, Quantity.of(reads, "channel"), data.name(), has));
    }
    if (data.labels().size() < 2) {
      throw new InputException(
          "%s has %s, and telling apart needs at least two."
              .formatted(data.name(), Quantity.of(data.labels().size(), "class")));
    }
    if (out.toRealPath().equals(file.toRealPath().getParent())) {
      throw new InputException(
          "%s is where %s itself lies, which must stay. Choose another folder with --out."
              .formatted(out, name));
    }
  }

  InitialWeights initial() {
    return new InitialWeights(weights.trained(), weights.sha256(), 0);
  }

  /** By its hash, with what its own record says of where it came from, licence and all. */
  Map<String, Object> provenance() {
    Map<String, Object> provenance = new LinkedHashMap<>();
    provenance.put("model", name);
    provenance.put("weights", weights.sha256());
    if (dataSet != null) {
      provenance.put("dataSet", dataSet);
    }
    provenance.put("labels", weights.trained().labels());
    Path own = ownRecord();
    if (Files.isRegularFile(own)) {
      try {
        provenance.put("record", JSON.readTree(own.toFile()));
      } catch (IOException e) {
        throw new InputException(
            "%s, the record of the model to start from, cannot be read (%s). Mend it, or move it away."
                .formatted(own, e.getMessage()));
      }
    }
    return provenance;
  }

  /** Beside it; a run keeps weights in one folder and records in another. */
  private Path ownRecord() {
    Path folder = file.toAbsolutePath().resolveSibling("");
    Path models = folder.resolveSibling("models");
    return weights
        .blueprint()
        .architecture()
        .map(cells -> models.resolve(cells.id().hex()).resolve(FinalTraining.RECORD))
        .filter(path -> folder.endsWith("weights") && Files.isRegularFile(path))
        .orElse(folder.resolve(FinalTraining.RECORD));
  }
}
