package org.finchnas.coordinator.run;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.finchnas.coordinator.EvaluationLog;
import org.finchnas.coordinator.ToldEvaluation;
import org.finchnas.coordinator.config.ExecutionConfig;

/** {@code evaluations.jsonl}: one line for each evaluation told, synced line by line. */
final class RunLog implements EvaluationLog, AutoCloseable {

  private final Path file;
  private final RandomAccessFile log;
  private final FinishedStore finished;
  private final List<ToldEvaluation> told;
  private final LogOrder order;

  private RunLog(
      Path file,
      RandomAccessFile log,
      FinishedStore finished,
      List<ToldEvaluation> told,
      LogOrder order) {
    this.file = file;
    this.log = log;
    this.finished = finished;
    this.told = told;
    this.order = order;
  }

  /**
   * Opens a log, or begins it. A torn last line is cut off: it was never acknowledged.
   *
   * @throws RunException if another line is broken or stands in the wrong place; names it
   */
  static RunLog open(Path file, FinishedStore finished, ExecutionConfig execution) {
    LogOrder order = new LogOrder(execution);
    LogLines lines = LogLines.read(file, order);
    try {
      // Not a channel: an interrupt would close it in the middle of a line.
      RandomAccessFile log = new RandomAccessFile(file.toFile(), "rw");
      if (log.length() > lines.wholeBytes()) {
        log.setLength(lines.wholeBytes());
        log.getFD().sync();
      }
      log.seek(lines.wholeBytes());
      lines.told().forEach(told -> finished.discard(told.number()));
      return new RunLog(file, log, finished, lines.told(), order);
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
   * @throws IllegalArgumentException if it cannot be the next
   */
  @Override
  public synchronized void append(ToldEvaluation evaluation) {
    String refusal = order.refusal(evaluation.number());
    if (refusal != null) {
      throw new IllegalArgumentException(
          "The next line cannot hold evaluation %d: %s.".formatted(evaluation.number(), refusal));
    }
    write(EvaluationJson.write(evaluation) + "\n");
    order.add(evaluation.number());
    finished.discard(evaluation.number());
  }

  synchronized boolean isEmpty() {
    return order.lines() == 0;
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
