package org.finchnas.coordinator.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.finchnas.coordinator.BaselineRecord;
import org.finchnas.evaluation.Evaluation;

/** {@code baselines/}: a file for each network that was trained for comparison. */
final class BaselineStore implements BaselineRecord {

  static final String FOLDER = "baselines";

  private static final String SUFFIX = ".json";

  private final Path folder;

  BaselineStore(Path run) {
    this.folder = run.resolve(FOLDER);
  }

  /**
   * {@inheritDoc}
   *
   * @throws RunException if its file is damaged; names it
   */
  @Override
  public Optional<Evaluation> find(String name) {
    Path file = file(name);
    try {
      return Files.exists(file)
          ? Optional.of(EvaluationJson.evaluation(Files.readString(file)))
          : Optional.empty();
    } catch (IOException e) {
      throw new RunStorageException(file, e);
    } catch (IllegalArgumentException e) {
      throw new RunException(
          "%s is damaged: %s. Delete it, and that network is trained once more when the run is resumed."
              .formatted(file, e.getMessage()),
          e);
    }
  }

  @Override
  public String place(String name) {
    return file(name).toString();
  }

  private Path file(String name) {
    return folder.resolve(name + SUFFIX);
  }

  @Override
  public void put(String name, Evaluation evaluation) {
    byte[] line = (EvaluationJson.write(evaluation) + "\n").getBytes(StandardCharsets.UTF_8);
    Durable.write(file(name), line);
  }
}
