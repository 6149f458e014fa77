package org.finchnas.coordinator.cluster.worker;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.finchnas.coordinator.cluster.message.Request.Report;
import org.finchnas.coordinator.cluster.message.Result;
import org.finchnas.coordinator.cluster.message.Wire;
import org.finchnas.coordinator.run.Durable;
import org.finchnas.coordinator.run.RunStorageException;

/**
 * Results the coordinator has not acknowledged, each in a file, so that a worker that is killed
 * delivers them when it is back. Used by several threads.
 */
final class Outbox {

  private static final String SUFFIX = ".report";

  private final Path folder;
  private final Map<String, Result> results = new LinkedHashMap<>();
  private final Deque<String> turn = new ArrayDeque<>();

  /** Filled once, when this is opened. */
  private final Map<Path, IOException> unreadable = new LinkedHashMap<>();

  /** Whether something was put in since somebody last waited for it. */
  private final Semaphore news = new Semaphore(0);

  private Outbox(Path folder) {
    this.folder = folder;
  }

  /**
   * Takes up what an earlier process left; what it did not finish writing never happened.
   *
   * @throws RunStorageException if the disk fails
   */
  static Outbox open(Path folder) {
    Outbox outbox = new Outbox(folder);
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        outbox.load(file);
      }
    } catch (IOException e) {
      throw WorkerFolder.failed(folder, e);
    }
    return outbox;
  }

  private void load(Path file) throws IOException {
    if (file.toString().endsWith(SUFFIX)) {
      byte[] bytes;
      try {
        bytes = Files.readAllBytes(file);
      } catch (IOException e) {
        // The disk may read it another time.
        unreadable.put(file, e);
        return;
      }
      if (remember(bytes)) {
        return;
      }
    }
    Files.deleteIfExists(file);
  }

  /** Whether it is a result of this version of Finch, undamaged; else it is trained again. */
  private boolean remember(byte[] bytes) {
    try {
      if (Wire.request(bytes) instanceof Report report) {
        // What it says must make sense, or it could never be told.
        report.result().weights();
        remember(report.key(), report.result());
        return true;
      }
      return false;
    } catch (IOException | IllegalArgumentException e) {
      return false;
    }
  }

  /** The files of results that could not be read when this was opened, and why. */
  Map<Path, IOException> unreadable() {
    return Collections.unmodifiableMap(unreadable);
  }

  /**
   * Keeps a result; it is durable when this returns.
   *
   * @throws RunStorageException if the disk fails
   */
  synchronized void put(String key, Result result) {
    Path file = file(key);
    try {
      Durable.write(file, Wire.encode(new Report("-", "-", key, result, new byte[0])));
    } catch (RunStorageException e) {
      throw WorkerFolder.failed(file, Objects.requireNonNull(e.getCause()));
    }
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
   * @throws RunStorageException if the disk fails
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
        throw WorkerFolder.failed(file(key), e);
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
