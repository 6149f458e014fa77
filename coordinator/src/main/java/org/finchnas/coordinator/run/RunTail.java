package org.finchnas.coordinator.run;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.finchnas.coordinator.ToldEvaluation;
import org.finchnas.coordinator.config.SearchConfig;
import org.finchnas.evaluation.Evaluation;

/**
 * Follows a run on disk while it goes on, for those who only look: nothing is locked or changed. To
 * be used by one thread at a time.
 */
public final class RunTail {

  private final Path path;
  private final Path log;
  private final SearchConfig config;
  private final Provenance provenance;
  private final LogOrder order;
  private long read;

  private RunTail(Path path, SearchConfig config, Provenance provenance) {
    this.path = path;
    this.log = path.resolve("evaluations.jsonl");
    this.config = config;
    this.provenance = provenance;
    this.order = new LogOrder(config.execution());
  }

  /**
   * Begins before the first evaluation.
   *
   * @throws RunException if there is no run, or it is damaged or of another format
   * @throws org.finchnas.coordinator.config.ConfigException if its configuration was spoilt
   */
  public static RunTail of(Path path) {
    Provenance provenance = RecordedRun.requireRun(path);
    return new RunTail(path, RecordedRun.readConfig(path), provenance);
  }

  /**
   * What was told since the last call, in order.
   *
   * @throws RunException if a line is broken, or the log has become shorter: then it is to be
   *     followed anew, from its start
   */
  public List<ToldEvaluation> next() {
    byte[] bytes = rest();
    if (bytes.length == 0) {
      return List.of();
    }
    LogLines lines = LogLines.of(bytes, log, order);
    read += lines.wholeBytes();
    return lines.told();
  }

  private byte[] rest() {
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
      long length = file.length();
      if (length < read) {
        throw new RunException(
            "%s was cut from %d to %d bytes while it was read. Read it anew."
                .formatted(log, read, length));
      }
      byte[] bytes = new byte[Math.toIntExact(length - read)];
      file.seek(read);
      file.readFully(bytes);
      return bytes;
    } catch (IOException e) {
      throw new RunException("%s cannot be read: %s.".formatted(log, e), e);
    }
  }

  public Path path() {
    return path;
  }

  public SearchConfig config() {
    return config;
  }

  public Provenance provenance() {
    return provenance;
  }

  /**
   * The same as {@link RecordedRun#baselines}.
   *
   * @throws RunException if a file is damaged; names it
   */
  public Map<String, Evaluation> baselines() {
    return new TrainingStore(path.resolve(TrainingStore.BASELINES)).all(config.baselines());
  }

  /** The process that works on the run at the moment, if there is one. */
  public Optional<String> process() {
    return RunLock.holder(path);
  }
}
