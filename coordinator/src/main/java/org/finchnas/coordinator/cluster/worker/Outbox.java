package org.finchnas.coordinator.cluster.worker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.finchnas.coordinator.cluster.message.Request.Report;
import org.finchnas.coordinator.cluster.message.Result;
import org.finchnas.coordinator.cluster.message.Wire;
import org.finchnas.coordinator.run.Durable;

/**
 * Results the coordinator has not acknowledged, each in a file, so that a worker that is killed
 * delivers them when it is back. Used by several threads.
 */
final class Outbox {

  private static final String SUFFIX = ".report";

  private final Path folder;
  private final Map<String, Result> results = new LinkedHashMap<>();
  private final Deque<String> turn = new ArrayDeque<>();

  /** Whether something was put in since somebody last waited for it. */
  private final Semaphore news = new Semaphore(0);

  private Outbox(Path folder) {
    this.folder = folder;
  }

  /** Takes up what an earlier process left; what it did not finish writing never happened. */
  static Outbox open(Path folder) {
    Outbox outbox = new Outbox(folder);
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        outbox.load(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return outbox;
  }

  private void load(Path file) throws IOException {
    if (file.toString().endsWith(SUFFIX)) {
      try {
        if (Wire.request(Files.readAllBytes(file)) instanceof Report report) {
          // What it says must make sense, or it could never be told.
          report.result().weights();
          remember(report.key(), report.result());
          return;
        }
      } catch (IOException | IllegalArgumentException e) {
        // Of another version of Finch, or damaged: it is trained again.
      }
    }
    Files.deleteIfExists(file);
  }

  /**
   * Keeps a result; it is durable when this returns.
   *
   * @throws UncheckedIOException if the disk fails
   */
  synchronized void put(String key, Result result) {
    Durable.write(file(key), Wire.encode(new Report("-", "-", key, result, new byte[0])));
    remember(key, result);
  }

  private synchronized void remember(String key, Result result) {
    if (results.put(key, result) == null) {
      turn.add(key);
    }
    news.release();
  }

  /** The next to be told; what was told before and is still here comes last. */
  synchronized Optional<Map.Entry<String, Result>> next() {
    String key = turn.poll();
    if (key == null) {
      return Optional.empty();
    }
    turn.add(key);
    Result result = results.get(key);
    if (result == null) {
      throw new IllegalStateException("No result of " + key);
    }
    return Optional.of(Map.entry(key, result));
  }

  /** Waits until something more is put in, at most so long. */
  void awaitNews(long millis) throws InterruptedException {
    boolean unused = news.tryAcquire(millis, TimeUnit.MILLISECONDS);
    news.drainPermits();
  }

  /**
   * That result is safe elsewhere; one that came after it by the same name stays.
   *
   * @return whether it was still here
   */
  boolean remove(String key, Result result) {
    // As one step with its file, which may be replaced at any moment.
    synchronized (this) {
      if (!results.remove(key, result)) {
        return false;
      }
      turn.remove(key);
      try {
        Files.deleteIfExists(file(key));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return true;
    }
  }

  /** What is in it. */
  synchronized Set<String> keys() {
    return Set.copyOf(results.keySet());
  }

  /** How many are in it. */
  synchronized int size() {
    return results.size();
  }

  /** What is in it, by its names. */
  synchronized Map<String, Result> results() {
    return Map.copyOf(results);
  }

  private Path file(String key) {
    if (!key.matches("[0-9a-z-]{1,64}")) {
      throw new RefusedException("The coordinator's work has no proper name (%s).".formatted(key));
    }
    return folder.resolve(key + SUFFIX);
  }
}
