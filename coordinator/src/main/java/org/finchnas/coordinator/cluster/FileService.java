package org.finchnas.coordinator.cluster;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.finchnas.coordinator.cluster.ClusterFiles.InvalidException;
import org.finchnas.coordinator.cluster.message.Reply;
import org.finchnas.coordinator.cluster.message.Request;
import org.finchnas.coordinator.cluster.message.Request.FileKind;
import org.finchnas.coordinator.run.RunException;
import org.finchnas.coordinator.run.RunStorageException;
import org.finchnas.evaluation.Candidate;
import org.finchnas.evaluation.Start;

/** Gives workers the files of a run and takes theirs, in pieces. Used by several threads. */
final class FileService {

  private static final int LOCKS = 64;

  private final Path weights;
  private final List<ClusterImages> images;

  /** One for each hash, or for some that share it. */
  private final Object[] putting = IntStream.range(0, LOCKS).mapToObj(i -> new Object()).toArray();

  /**
   * @param weights the folder of the run's weights
   */
  FileService(Path weights, List<ClusterImages> images) {
    this.weights = weights;
    this.images = images;
  }

  boolean hasWeights(String hash) throws InvalidException {
    return ClusterFiles.hasWeights(weights, hash);
  }

  /**
   * @throws RunException if the weights a candidate starts from are gone or damaged
   * @throws RunStorageException if the disk fails
   */
  void requireSoundStart(Candidate candidate) throws InvalidException {
    Start start = candidate.start();
    if (start == null) {
      return;
    }
    Path file = ClusterFiles.weights(weights, start.weights());
    try {
      if (!ClusterFiles.hasSoundWeights(weights, start.weights())) {
        throw new RunException(
            "%s is gone or damaged, and candidate %d starts from it. Put it back from a copy of the run, then `finch resume` it."
                .formatted(file, candidate.number()));
      }
    } catch (IOException e) {
      throw new RunStorageException(file, e);
    }
  }

  /**
   * @throws InvalidException if the piece does not fit
   * @throws RunStorageException if the disk fails
   */
  Reply take(Request.Put put) throws InvalidException {
    // A piece may come again while the first of its kind, given up by its sender, is written.
    Object lock = putting[Math.floorMod(put.hash().hashCode(), LOCKS)];
    try {
      long next;
      synchronized (lock) {
        next =
            ClusterFiles.write(
                weights, put.worker(), put.hash(), put.offset(), put.size(), put.bytes());
      }
      return next == put.size() ? new Reply.Accepted() : new Reply.WantsWeights(next);
    } catch (InvalidException e) {
      throw e;
    } catch (IOException e) {
      throw new RunStorageException(weights.resolve(put.hash()), e);
    }
  }

  /**
   * @throws InvalidException if the offset is none
   * @throws RunStorageException if the disk fails
   */
  Reply give(Request.Get get) throws InvalidException {
    Optional<Path> file =
        get.file() == FileKind.WEIGHTS
            ? Optional.of(ClusterFiles.weights(weights, get.hash()))
            : images(get.hash());
    if (file.isEmpty()) {
      return new Reply.Missing();
    }
    try {
      return ClusterFiles.read(file.get(), get.offset())
          .<Reply>map(piece -> new Reply.Piece(piece.size(), piece.bytes()))
          .orElseGet(Reply.Missing::new);
    } catch (InvalidException e) {
      throw e;
    } catch (IOException e) {
      throw new RunStorageException(file.get(), e);
    }
  }

  private Optional<Path> images(String hash) {
    return images.stream()
        .filter(each -> each.hash().equals(hash))
        .map(ClusterImages::file)
        .findFirst();
  }

  /** What to say of images that should be here and are not: only here can that be mended. */
  Optional<String> lack(Request.Get get) {
    return get.file() == FileKind.WEIGHTS
        ? Optional.empty()
        : images(get.hash())
            .map(
                "%s is missing, and workers ask for its images. Stop the search and resume it: then they are decoded anew."
                    ::formatted);
  }
}
