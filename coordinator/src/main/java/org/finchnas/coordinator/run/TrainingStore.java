package org.finchnas.coordinator.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.finchnas.coordinator.TrainingRecord;
import org.finchnas.evaluation.Evaluation;

/** A folder with a file for each network that was trained beside the search. */
final class TrainingStore implements TrainingRecord {

  /** Of what the search is compared with, by the networks' names. */
  static final String BASELINES = "baselines";

  /** Of the best that the search found, trained for use, by the architectures' ids. */
  static final String FINALS = "final";

  private static final String SUFFIX = ".json";

  private final Path folder;

  TrainingStore(Path folder) {
    this.folder = folder;
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

  /** All that are recorded. */
  List<Evaluation> all() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(SUFFIX))
          .map(name -> name.substring(0, name.length() - SUFFIX.length()))
          .sorted()
          .flatMap(name -> find(name).stream())
          .toList();
    } catch (IOException e) {
      throw new RunStorageException(folder, e);
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
