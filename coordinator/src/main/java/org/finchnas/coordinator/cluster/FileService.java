package org.finchnas.coordinator.cluster;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.finchnas.coordinator.cluster.message.Reply;
import org.finchnas.coordinator.cluster.message.Request;
import org.finchnas.coordinator.cluster.message.Request.FileKind;

/** Gives workers the files of a run and takes theirs, in pieces. Used by several threads. */
final class FileService {

  private final Path weights;
  private final List<ClusterImages> images;
  private final Map<String, Object> putting = new ConcurrentHashMap<>();

  /**
   * @param weights the folder of the run's weights
   */
  FileService(Path weights, List<ClusterImages> images) {
    this.weights = weights;
    this.images = images;
  }

  boolean hasWeights(String hash) throws IOException {
    return ClusterFiles.hasWeights(weights, hash);
  }

  /**
   * @throws IOException if the piece does not fit, or the disk fails
   */
  Reply take(Request.Put put) throws IOException {
    // A piece may come again while the first of its kind, given up by its sender, is written.
    synchronized (putting.computeIfAbsent(put.worker(), worker -> new Object())) {
      long next =
          ClusterFiles.write(
              weights, put.worker(), put.hash(), put.offset(), put.size(), put.bytes());
      return next == put.size() ? new Reply.Accepted() : new Reply.WantsWeights(next);
    }
  }

  /**
   * @throws IOException if the offset is none, or the disk fails
   */
  Reply give(Request.Get get) throws IOException {
    Optional<Path> file =
        get.file() == FileKind.WEIGHTS
            ? Optional.of(ClusterFiles.weights(weights, get.hash()))
            : images.stream()
                .filter(each -> each.hash().equals(get.hash()))
                .map(ClusterImages::file)
                .findFirst();
    if (file.isEmpty()) {
      return new Reply.Missing();
    }
    return ClusterFiles.read(file.get(), get.offset())
        .<Reply>map(piece -> new Reply.Piece(piece.size(), piece.bytes()))
        .orElseGet(Reply.Missing::new);
  }
}
