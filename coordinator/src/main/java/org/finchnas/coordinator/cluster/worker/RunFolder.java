package org.finchnas.coordinator.cluster.worker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.finchnas.coordinator.run.Durable;
import org.finchnas.searchspace.weights.WeightsFile;

/**
 * What a worker keeps of one run.
 *
 * @param path holds nothing else
 */
record RunFolder(Path path) {

  /** Results of runs whose coordinator was not heard of for so long are forgotten. */
  private static final Duration FORGOTTEN = Duration.ofDays(7);

  /** Weights that parents leave to children are soon not asked for any more. */
  private static final long MOST_WEIGHTS_BYTES = 4L << 30;

  private static final Set<String> PARTS = Set.of("outbox", "weights", "checkpoints", "slots");

  /**
   * Makes the folder of a run, and deletes those of others that hold nothing undelivered, or are of
   * runs long gone.
   *
   * @param run the name its coordinator gave it
   */
  static RunFolder open(Path directory, String run) {
    if (!run.matches("[0-9A-Za-z-]{1,64}")) {
      throw new RefusedException("The coordinator's run has no proper name (%s).".formatted(run));
    }
    RunFolder folder = new RunFolder(directory.resolve("runs").resolve(run));
    try {
      for (Path each :
          List.of(folder.outbox(), folder.weights(), folder.checkpoints(), folder.slots())) {
        Files.createDirectories(each);
      }
      Files.setLastModifiedTime(folder.path, FileTime.from(Instant.now()));
      folder.deleteUnfinished();
      folder.cleanOthers();
    } catch (IOException e) {
      throw new UncheckedIOException(
          "%s cannot be used: %s. Choose another with --dir.".formatted(folder.path, e), e);
    }
    return folder;
  }

  Path outbox() {
    return path.resolve("outbox");
  }

  Path weights() {
    return path.resolve("weights");
  }

  Path checkpoints() {
    return path.resolve("checkpoints");
  }

  Path slots() {
    return path.resolve("slots");
  }

  /** What was being written when a slot or this worker was killed. */
  private void deleteUnfinished() throws IOException {
    deleteAll(weights(), "*" + WeightsFile.UNFINISHED);
    deleteAll(outbox(), "*" + Durable.UNFINISHED);
  }

  private static void deleteAll(Path folder, String names) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, names)) {
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
    }
  }

  /** Touches nothing that does not look like a run's folder. */
  private void cleanOthers() throws IOException {
    Instant limit = Instant.now().minus(FORGOTTEN);
    try (DirectoryStream<Path> runs = Files.newDirectoryStream(path.resolveSibling(""))) {
      for (Path run : runs) {
        if (run.equals(path) || !isOurs(run)) {
          continue;
        }
        // Half a result is nothing to keep a run for, and to sweep it is no use of the run.
        Instant used = lastUsed(run);
        new RunFolder(run).deleteUnfinished();
        if (isDelivered(run) || used.isBefore(limit)) {
          deleteAll(run);
        }
      }
    }
  }

  private static boolean isOurs(Path run) throws IOException {
    return Files.isDirectory(run, LinkOption.NOFOLLOW_LINKS)
        && PARTS.containsAll(names(run))
        && Files.isDirectory(new RunFolder(run).outbox());
  }

  private static Set<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
    }
  }

  /** Whether all that is left of it could be fetched or made again. */
  private static boolean isDelivered(Path run) throws IOException {
    Path outbox = new RunFolder(run).outbox();
    try (Stream<Path> results = Files.list(outbox)) {
      return results.findAny().isEmpty();
    }
  }

  /** A folder says when something in it was made or deleted, not when that was further down. */
  private static Instant lastUsed(Path run) throws IOException {
    Instant last = Files.getLastModifiedTime(run).toInstant();
    try (DirectoryStream<Path> parts = Files.newDirectoryStream(run)) {
      for (Path part : parts) {
        Instant used = Files.getLastModifiedTime(part).toInstant();
        last = used.isAfter(last) ? used : last;
      }
    }
    return last;
  }

  private static void deleteAll(Path folder) throws IOException {
    List<Path> files = new ArrayList<>();
    try (Stream<Path> all = Files.walk(folder)) {
      all.sorted(Comparator.reverseOrder()).forEach(files::add);
    }
    // The outbox last: by it the rest is known as ours, should this be interrupted.
    Path outbox = new RunFolder(folder).outbox();
    files.remove(outbox);
    files.add(files.size() - 1, outbox);
    for (Path file : files) {
      Files.deleteIfExists(file);
    }
  }

  /** Deletes the weights not used for longest, where there are too many. */
  void trimWeights(Set<String> needed) throws IOException {
    trimWeights(needed, MOST_WEIGHTS_BYTES);
  }

  void trimWeights(Set<String> needed, long mostBytes) throws IOException {
    record Kept(Path file, long bytes, FileTime used) {}
    List<Kept> all = new ArrayList<>();
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(weights(), "*" + WeightsFile.SUFFIX)) {
      for (Path file : files) {
        all.add(new Kept(file, Files.size(file), Files.getLastModifiedTime(file)));
      }
    }
    long bytes = all.stream().mapToLong(Kept::bytes).sum();
    all.sort(Comparator.comparing(Kept::used));
    for (Kept kept : all) {
      String name = kept.file().getFileName().toString();
      if (bytes > mostBytes && needed.stream().noneMatch(name::startsWith)) {
        Files.deleteIfExists(kept.file());
        bytes -= kept.bytes();
      }
    }
  }
}
