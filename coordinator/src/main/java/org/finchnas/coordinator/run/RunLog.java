package org.finchnas.coordinator.run;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.finchnas.coordinator.EvaluationLog;
import org.finchnas.coordinator.ToldEvaluation;

/** {@code evaluations.jsonl}: one line for each evaluation told, synced line by line. */
final class RunLog implements EvaluationLog, AutoCloseable {

  private final Path file;
  private final RandomAccessFile log;
  private final FinishedStore finished;
  private final List<ToldEvaluation> told;
  private int next;

  private RunLog(Path file, RandomAccessFile log, FinishedStore finished, LogLines lines) {
    this.file = file;
    this.log = log;
    this.finished = finished;
    this.told = lines.told();
    this.next = told.size();
  }

  /**
   * Opens a log, or begins it. A torn last line is cut off: it was never acknowledged.
   *
   * @throws RunException if another line is broken; names it
   */
  static RunLog open(Path file, FinishedStore finished) {
    LogLines lines = LogLines.read(file);
    try {
      // Not a channel: an interrupt would close it in the middle of a line.
      RandomAccessFile log = new RandomAccessFile(file.toFile(), "rw");
      if (log.length() > lines.wholeBytes()) {
        log.setLength(lines.wholeBytes());
        log.getFD().sync();
      }
      log.seek(lines.wholeBytes());
      lines.told().forEach(told -> finished.discard(told.number()));
      return new RunLog(file, log, finished, lines);
    } catch (IOException e) {
      throw new RunStorageException(file, e);
    }
  }

  @Override
  public List<ToldEvaluation> told() {
    return told;
  }

  /**
   * {@inheritDoc} The file that kept it since it was finished is deleted: the line replaces it.
   *
   * @throws IllegalArgumentException if it is not the next
   */
  @Override
  public synchronized void append(ToldEvaluation evaluation) {
    if (evaluation.number() != next) {
      throw new IllegalArgumentException(
          "Evaluation %d cannot be logged now: %d is next.".formatted(evaluation.number(), next));
    }
    write(EvaluationJson.write(evaluation) + "\n");
    next++;
    finished.discard(evaluation.number());
  }

  synchronized boolean isEmpty() {
    return next == 0;
  }

  private void write(String line) {
    try {
      long before = log.getFilePointer();
      try {
        log.write(line.getBytes(StandardCharsets.UTF_8));
        log.getFD().sync();
      } catch (IOException e) {
        log.setLength(before);
        throw e;
      }
    } catch (IOException e) {
      throw new RunStorageException(file, e);
    }
  }

  @Override
  public void close() {
    try {
      log.close();
    } catch (IOException e) {
      throw new RunStorageException(file, e);
    }
  }
}
