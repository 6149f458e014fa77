package org.finchnas.coordinator.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.finchnas.coordinator.FinishedEvaluations;
import org.finchnas.evaluation.Candidate;
import org.finchnas.evaluation.Evaluation;

/** {@code finished/}: a file for each evaluation that is finished and not yet in the log. */
final class FinishedStore implements FinishedEvaluations {

  private final Path folder;
  private final Map<Integer, Evaluation> byNumber = new ConcurrentHashMap<>();

  private FinishedStore(Path folder) {
    this.folder = folder;
  }

  /**
   * Opens the folder and sweeps what was being written when its process died.
   *
   * @throws RunException if a file is damaged; names it
   */
  static FinishedStore open(Path folder) {
    FinishedStore store = new FinishedStore(folder);
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        if (file.toString().endsWith(Durable.UNFINISHED)) {
          Files.delete(file);
        } else {
          Evaluation evaluation = read(file);
          store.byNumber.put(evaluation.candidate().number(), evaluation);
        }
      }
    } catch (IOException e) {
      throw new RunStorageException(folder, e);
    }
    return store;
  }

  @Override
  public Optional<Evaluation> find(Candidate candidate) {
    return Optional.ofNullable(byNumber.get(candidate.number()))
        .filter(evaluation -> evaluation.candidate().equals(candidate));
  }

  @Override
  public void put(Evaluation evaluation) {
    String text = EvaluationJson.write(evaluation) + "\n";
    Durable.write(file(evaluation.candidate().number()), text.getBytes(StandardCharsets.UTF_8));
    byNumber.put(evaluation.candidate().number(), evaluation);
  }

  /** In the order of their numbers. */
  List<Evaluation> all() {
    return byNumber.values().stream()
        .sorted(Comparator.comparingInt(each -> each.candidate().number()))
        .toList();
  }

  boolean isEmpty() {
    return byNumber.isEmpty();
  }

  /** Deletes what is kept elsewhere by now. */
  void discard(int number) {
    if (byNumber.remove(number) != null) {
      try {
        Files.deleteIfExists(file(number));
      } catch (IOException e) {
        throw new RunStorageException(file(number), e);
      }
    }
  }

  private Path file(int number) {
    return folder.resolve("%06d.json".formatted(number));
  }

  private static Evaluation read(Path file) throws IOException {
    try {
      return EvaluationJson.evaluation(Json.parse(Files.readString(file)));
    } catch (IllegalArgumentException e) {
      throw new RunException(
          "%s is damaged: %s. Delete it, and that candidate is trained once more."
              .formatted(file, e.getMessage()),
          e);
    }
  }
}
