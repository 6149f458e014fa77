package org.finchnas.coordinator.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.finchnas.coordinator.ToldEvaluation;
import org.finchnas.coordinator.config.SearchConfig;
import org.finchnas.coordinator.config.SearchConfigReader;
import org.finchnas.evaluation.Evaluation;

/**
 * A run as it stands on disk, for those who only look: nothing is locked or changed, and the run
 * may go on meanwhile.
 *
 * @param told in the order in which they were
 */
public record RecordedRun(
    Path path, SearchConfig config, Provenance provenance, List<ToldEvaluation> told) {

  public RecordedRun {
    told = List.copyOf(told);
  }

  /**
   * Reads a run.
   *
   * @throws RunException if there is none, or it is damaged or of another format
   * @throws org.finchnas.coordinator.config.ConfigException if its configuration was spoilt
   */
  public static RecordedRun read(Path path) {
    Provenance provenance = requireRun(path);
    SearchConfig config = readConfig(path);
    LogLines log =
        LogLines.read(path.resolve("evaluations.jsonl"), new LogOrder(config.execution()));
    return new RecordedRun(path, config, provenance, log.told());
  }

  /**
   * What became of the networks that the search is compared with, by name; those that are not
   * trained yet are left out.
   *
   * @throws RunException if a file is damaged; names it
   */
  public Map<String, Evaluation> baselines() {
    return new TrainingStore(path.resolve(TrainingStore.BASELINES)).all(config.baselines());
  }

  /**
   * What became of the best architectures when they were trained for use, by id.
   *
   * @throws RunException if a file is damaged; names it
   */
  public Map<String, Evaluation> finals() {
    return new TrainingStore(path.resolve(TrainingStore.FINALS))
        .all().stream()
            .collect(
                Collectors.toMap(
                    each -> each.candidate().architecture().id().hex(), Function.identity()));
  }

  /** The process that works on the run at the moment, if there is one. */
  public Optional<String> process() {
    return process(path);
  }

  /** The process that works on a run at the moment, if there is one. */
  public static Optional<String> process(Path run) {
    return RunLock.holder(run);
  }

  static Provenance requireRun(Path path) {
    Path file = path.resolve("provenance.json");
    if (!Files.exists(file)) {
      throw new RunException(
          ("There is no run in %s (no provenance.json). Start one with `finch search"
                  + " CONFIG --run %s`.")
              .formatted(path, path));
    }
    Path log = path.resolve("evaluations.jsonl");
    if (!Files.exists(log)) {
      throw new RunException(
          "%s is missing, and a run has one from its first moment. Restore it from a copy, or start a new search."
              .formatted(log));
    }
    return Provenance.read(file);
  }

  /** The configuration, which must still be the one that the run began with. */
  static SearchConfig readConfig(Path path) {
    Path file = path.resolve("config.yaml");
    SearchConfig config = SearchConfigReader.readRecorded(file);
    if (!config.digest().equals(requireRun(path).configDigest())) {
      throw new RunException(
          ("%s was changed since the run began, in a setting that decides what is"
                  + " found. Restore it, or start a new search.")
              .formatted(file));
    }
    return config;
  }
}
