package org.finchnas.coordinator.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.finchnas.coordinator.EvaluationLog;
import org.finchnas.coordinator.FinishedEvaluations;
import org.finchnas.coordinator.ProxyRecord;
import org.finchnas.coordinator.ToldEvaluation;
import org.finchnas.coordinator.TrainingRecord;
import org.finchnas.coordinator.config.ConfigWriter;
import org.finchnas.coordinator.config.SearchConfig;
import org.finchnas.evaluation.Candidate;
import org.finchnas.evaluation.Evaluation;
import org.finchnas.searchspace.ArchitectureId;
import org.finchnas.searchspace.weights.WeightsFile;

/**
 * A run on disk, held by this process. A run begins to exist with its {@code provenance.json},
 * written last; until then a directory can be claimed again.
 */
public final class RunDirectory implements AutoCloseable {

  /** Goes up when a Finch could no longer read what an older one wrote, or the other way round. */
  static final int FORMAT = 1;

  private static final String CONFIG = "config.yaml";
  private static final String PROVENANCE = "provenance.json";
  private static final String LOG = "evaluations.jsonl";
  private static final List<String> FOLDERS =
      List.of(
          "finished",
          "weights",
          "checkpoints",
          "slots",
          "models",
          "report",
          "cluster",
          TrainingStore.BASELINES,
          TrainingStore.FINALS);

  private final Path path;
  private final SearchConfig config;
  private final RunLock lock;
  private final FinishedStore finished;
  private final RunLog log;
  private final ProxyFile proxies;
  private final TrainingStore baselines;
  private final TrainingStore finals;

  private RunDirectory(Path path, SearchConfig config, RunLock lock) {
    this.path = path;
    this.config = config;
    this.lock = lock;
    this.finished = FinishedStore.open(path.resolve("finished"));
    this.log = RunLog.open(path.resolve(LOG), finished, config.execution());
    this.proxies = ProxyFile.open(path.resolve(ProxyFile.NAME));
    this.baselines = new TrainingStore(path.resolve(TrainingStore.BASELINES));
    this.finals = new TrainingStore(path.resolve(TrainingStore.FINALS));
  }

  /**
   * Begins a run.
   *
   * @throws RunException if there is one already, another process holds the directory, or something
   *     else lies in it
   */
  public static RunDirectory create(Path path, SearchConfig config, Provenance provenance) {
    RunDirectory run = claim(path, config);
    boolean begun = false;
    try {
      run.begin(provenance);
      begun = true;
      return run;
    } finally {
      if (!begun) {
        run.close();
      }
    }
  }

  /**
   * Takes a directory for a run whose provenance is not yet known; {@link #begin} must follow.
   *
   * @throws RunException as {@link #create}
   */
  public static RunDirectory claim(Path path, SearchConfig config) {
    try {
      return claimVacant(path, config);
    } catch (RunStorageException e) {
      throw new RunException(
          "%s cannot hold a run: %s. Choose another directory with --run, or make it one that can be written."
              .formatted(path, e.reason()),
          e);
    }
  }

  private static RunDirectory claimVacant(Path path, SearchConfig config) {
    requireVacant(path);
    makeFolders(path, List.of(""));
    return locked(
        path,
        lock -> {
          requireVacant(path);
          makeFolders(path, FOLDERS);
          deleteTraces(path);
          byte[] yaml = ConfigWriter.write(config).getBytes(StandardCharsets.UTF_8);
          Durable.write(path.resolve(CONFIG), yaml);
          return new RunDirectory(path, config, lock);
        });
  }

  /**
   * Takes up a run where it stopped.
   *
   * @throws RunException if there is none, it is damaged, of another format, or in use
   * @throws org.finchnas.coordinator.config.ConfigException if its configuration was spoilt
   */
  public static RunDirectory open(Path path) {
    RecordedRun.requireRun(path);
    return locked(
        path,
        lock -> {
          makeFolders(path, FOLDERS);
          // Those that were being written when their slot was killed.
          delete(path.resolve("weights"), "*" + WeightsFile.UNFINISHED);
          return new RunDirectory(path, RecordedRun.readConfig(path), lock);
        });
  }

  /** Makes a claimed directory a run. */
  public void begin(Provenance provenance) {
    provenance.write(path.resolve(PROVENANCE));
  }

  /**
   * Undoes {@link #begin} while nothing was finished, so that the directory can be claimed again;
   * otherwise it changes nothing.
   */
  public void withdraw() {
    if (log.isEmpty() && finished.isEmpty()) {
      try {
        Files.deleteIfExists(path.resolve(PROVENANCE));
      } catch (IOException e) {
        throw new RunStorageException(path, e);
      }
    }
  }

  public Path path() {
    return path;
  }

  /** With every default, as it was when the run began. */
  public SearchConfig config() {
    return config;
  }

  /** Whether {@link #begin} was called, by this process or one before. */
  public boolean hasBegun() {
    return Files.exists(path.resolve(PROVENANCE));
  }

  /**
   * @throws RunException if the run has not begun
   */
  public Provenance provenance() {
    return Provenance.read(path.resolve(PROVENANCE));
  }

  public EvaluationLog log() {
    return log;
  }

  public FinishedEvaluations finished() {
    return finished;
  }

  /** The candidates whose evaluations are durable, told or not. */
  public List<Candidate> evaluated() {
    Stream<Evaluation> searched =
        Stream.concat(log.told().stream().map(ToldEvaluation::evaluation), finished.all().stream());
    Stream<Evaluation> beside =
        Stream.concat(baselines.all(config.baselines()).values().stream(), finals.all().stream());
    return Stream.concat(searched, beside).map(Evaluation::candidate).toList();
  }

  /** Names this run among all others: made when a cluster first works on it, and kept. */
  public String id() {
    Path file = id(path);
    try {
      if (!Files.exists(file)) {
        Durable.write(file, (UUID.randomUUID() + "\n").getBytes(StandardCharsets.US_ASCII));
      }
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new RunStorageException(file, e);
    }
  }

  private static Path id(Path run) {
    return run.resolve("cluster").resolve("id");
  }

  /** What a cluster that works on the run leaves: where it stands, and what it had to say. */
  public Path cluster() {
    return path.resolve("cluster");
  }

  public ProxyRecord proxies() {
    return proxies;
  }

  /** What became of the networks the search is compared with. */
  public TrainingRecord baselines() {
    return baselines;
  }

  /** What became of the best architectures when they were trained for use, by id. */
  public TrainingRecord finals() {
    return finals;
  }

  /** Weights, each in a file named by its content hash. */
  public Path weights() {
    return path.resolve("weights");
  }

  public Path checkpoints() {
    return path.resolve("checkpoints");
  }

  /** What slot processes say besides their protocol. */
  public Path slots() {
    return path.resolve("slots");
  }

  /** Where a model and all that was exported and measured of it belongs; need not exist. */
  public Path model(ArchitectureId id) {
    return path.resolve("models").resolve(id.hex());
  }

  /** Deletes what trainings would go on from, when there is nothing more to train. */
  public void discardCheckpoints() {
    delete(checkpoints(), "*");
  }

  @Override
  public void close() {
    try (lock;
        proxies) {
      log.close();
    }
  }

  private interface Opening {
    RunDirectory with(RunLock lock);
  }

  /** Frees the directory again where opening it fails. */
  private static RunDirectory locked(Path path, Opening opening) {
    RunLock lock = RunLock.take(path);
    boolean opened = false;
    try {
      RunDirectory run = opening.with(lock);
      opened = true;
      return run;
    } finally {
      if (!opened) {
        lock.close();
      }
    }
  }

  /**
   * What a search left that never became a run: its proxies may be another's, and workers that know
   * its name must not take this one for it.
   */
  private static void deleteTraces(Path path) {
    try {
      Files.deleteIfExists(path.resolve(ProxyFile.NAME));
      Files.deleteIfExists(id(path));
    } catch (IOException e) {
      throw new RunStorageException(path, e);
    }
  }

  /** Lets pass what does not exist, is empty, or was claimed and never became a run. */
  /**
   * Makes sure that a run can begin in a directory.
   *
   * @throws RunException if there is one already, or something else lies in it
   */
  public static void requireVacant(Path path) {
    if (Files.exists(path.resolve(PROVENANCE))) {
      throw new RunException(
          ("There is a run in %s already. Continue it with `finch resume %s`, or"
                  + " choose another directory with --run.")
              .formatted(path, path));
    }
    if (Files.exists(path) && !Files.isDirectory(path)) {
      throw new RunException(
          "%s is a file, and a run needs a folder. Choose another directory with --run."
              .formatted(path));
    }
    if (Files.exists(path) && !holdsOnlyWhatWeClaim(path)) {
      throw new RunException(
          "%s is neither empty nor a run. Choose another directory with --run.".formatted(path));
    }
  }

  private static boolean holdsOnlyWhatWeClaim(Path path) {
    try (Stream<Path> files = Files.list(path)) {
      List<String> names = files.map(file -> file.getFileName().toString()).toList();
      // Without a lock the rest is not ours, whatever it is called: a user's own config.yaml.
      return names.isEmpty()
          || (names.contains(RunLock.FILE)
              && names.stream().allMatch(RunDirectory::isClaimed)
              && (!names.contains(LOG) || Files.size(path.resolve(LOG)) == 0));
    } catch (IOException e) {
      throw new RunException("%s cannot be read as a folder: %s.".formatted(path, e), e);
    }
  }

  private static boolean isClaimed(String name) {
    return FOLDERS.contains(name)
        || name.equals(RunLock.FILE)
        || name.startsWith(CONFIG)
        || name.equals(LOG)
        || name.equals(ProxyFile.NAME)
        || name.startsWith(PROVENANCE);
  }

  private static void delete(Path folder, String glob) {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, glob)) {
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new RunStorageException(folder, e);
    }
  }

  private static void makeFolders(Path path, List<String> names) {
    try {
      for (String name : names) {
        Files.createDirectories(path.resolve(name));
      }
    } catch (IOException e) {
      throw new RunStorageException(path, e);
    }
  }
}
