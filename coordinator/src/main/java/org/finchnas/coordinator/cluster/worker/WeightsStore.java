package org.finchnas.coordinator.cluster.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Optional;
import org.finchnas.coordinator.cluster.ClusterFiles;
import org.finchnas.coordinator.cluster.message.Reply;
import org.finchnas.coordinator.cluster.message.Request;

/** Weights on this worker's disk, fetched from the coordinator and sent to it by content hash. */
final class WeightsStore {

  private final Coordinator coordinator;
  private final String worker;
  private final Path folder;

  WeightsStore(Coordinator coordinator, String worker, Path folder) {
    this.coordinator = coordinator;
    this.worker = worker;
    this.folder = folder;
  }

  /**
   * Makes sure that a file is here, undamaged.
   *
   * @throws LinkException if the coordinator cannot be reached, or knows nothing of this worker;
   *     what came is kept for the next try
   * @throws ClusterFiles.DamagedException if what came is damaged; the next try begins afresh
   * @throws ClusterFiles.InvalidException if the coordinator has no such file
   * @throws IOException if the disk fails
   */
  void fetch(String hash) throws IOException {
    Path file = ClusterFiles.weights(folder, hash);
    if (!ClusterFiles.hasSoundWeights(folder, hash)) {
      Files.deleteIfExists(file);
    }
    long offset = 0;
    long size = Long.MAX_VALUE;
    while (!Files.isRegularFile(file) && offset < size) {
      Reply reply =
          coordinator.ask(new Request.Get(worker, Request.FileKind.WEIGHTS, hash, offset));
      if (reply instanceof Reply.Unknown) {
        throw new LinkException("The coordinator does not know this worker.");
      }
      if (!(reply instanceof Reply.Piece piece)) {
        throw new ClusterFiles.InvalidException(
            "The coordinator has no weights %s.".formatted(hash));
      }
      size = piece.size();
      offset = ClusterFiles.write(folder, "fetched", hash, offset, size, piece.bytes());
    }
    Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
  }

  /** Whether a file is here, undamaged. */
  boolean has(String hash) throws IOException {
    return ClusterFiles.hasSoundWeights(folder, hash);
  }

  /**
   * A file that travels in one piece; empty if it is larger, gone or damaged.
   *
   * @throws IOException if the file cannot be read
   */
  Optional<byte[]> onePiece(String hash) throws IOException {
    Optional<ClusterFiles.Piece> piece = ClusterFiles.read(ClusterFiles.weights(folder, hash), 0);
    return piece
        .filter(first -> first.bytes().length == first.size())
        .map(ClusterFiles.Piece::bytes)
        .filter(bytes -> ClusterFiles.sha256(bytes).equals(hash));
  }

  /**
   * Sends a file from an offset on.
   *
   * @return the answer to the last piece: {@link Reply.Accepted} if the coordinator has it now
   * @throws LinkException if the coordinator cannot be reached
   * @throws IOException if the file cannot be read
   */
  Reply send(String hash, long from) throws IOException {
    Path file = ClusterFiles.weights(folder, hash);
    long offset = from;
    Optional<ClusterFiles.Piece> piece = ClusterFiles.read(file, offset);
    while (piece.isPresent()) {
      long size = piece.get().size();
      Reply reply =
          coordinator.ask(new Request.Put(worker, hash, offset, size, piece.get().bytes()));
      if (!(reply instanceof Reply.WantsWeights wants)) {
        return reply;
      }
      offset = wants.offset();
      piece = ClusterFiles.read(file, offset);
    }
    throw new IOException("%s is gone.".formatted(file));
  }
}
