package org.finchnas.coordinator.cluster.worker;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.finchnas.coordinator.cluster.message.Reply;
import org.finchnas.coordinator.cluster.message.Reply.Images;
import org.finchnas.coordinator.cluster.message.Request;
import org.finchnas.data.DataSetException;
import org.finchnas.data.DataSets;
import org.jspecify.annotations.Nullable;

/**
 * Finds the images of a search on this machine, or fetches them from the coordinator, decoded and
 * in the right size.
 */
final class ImagesHere {

  private static final String FETCHED = "content:";
  private static final long PAUSE_MILLIS = 1000;
  private static final int TRIES = 3;

  private final Coordinator coordinator;
  private final String worker;
  private final @Nullable Path dataDirectory;
  private final Path cacheDirectory;
  private final WorkerListener listener;
  private final Pause pause;
  private final BooleanSupplier isLeaving;

  /**
   * @param isLeaving whether the worker is to end and need not wait for the coordinator
   */
  ImagesHere(
      Coordinator coordinator,
      String worker,
      @Nullable Path dataDirectory,
      Path cacheDirectory,
      WorkerListener listener,
      Pause pause,
      BooleanSupplier isLeaving) {
    this.coordinator = coordinator;
    this.worker = worker;
    this.dataDirectory = dataDirectory;
    this.cacheDirectory = cacheDirectory;
    this.listener = listener;
    this.pause = pause;
    this.isLeaving = isLeaving;
  }

  /**
   * The name under which the slots of this machine find them, in all resolutions.
   *
   * @param spec what the search calls them
   * @throws LinkException if the worker leaves
   * @throws RefusedException if the coordinator has them neither
   * @throws DataSetException if they arrive damaged, or cannot be kept
   */
  String find(String spec, List<Images> wanted) throws InterruptedException, LinkException {
    Optional<String> why = wanted.stream().flatMap(each -> objection(spec, each)).findFirst();
    if (why.isEmpty()) {
      return spec;
    }
    boolean told = false;
    for (Images images : wanted) {
      if (objection(FETCHED + images.hash(), images).findAny().isPresent()) {
        if (!told) {
          listener.said(
              "Fetching the images of %s from the coordinator: %s".formatted(spec, why.get()));
          told = true;
        }
        fetch(images.hash());
      }
    }
    return FETCHED + wanted.stream().map(Images::hash).collect(Collectors.joining("+"));
  }

  /** Why the images of that name are not the right ones; nothing if they are. */
  private Stream<String> objection(String spec, Images wanted) {
    try {
      String hash = DataSets.open(spec, wanted.size(), dataDirectory, cacheDirectory).contentHash();
      return hash.equals(wanted.hash())
          ? Stream.empty()
          : Stream.of("those here have another content.");
    } catch (DataSetException | IllegalArgumentException e) {
      return Stream.of(String.valueOf(e.getMessage()));
    }
  }

  /** Again when they arrive damaged, but not for ever. */
  private void fetch(String contentHash) throws InterruptedException, LinkException {
    for (int failures = 1; ; failures++) {
      try {
        fetchOnce(contentHash);
        return;
      } catch (DataSetException e) {
        if (failures == TRIES || isLeaving.getAsBoolean()) {
          throw e;
        }
        listener.said(e.getMessage() + " They are fetched again.");
      }
    }
  }

  private void fetchOnce(String contentHash) throws InterruptedException, LinkException {
    try {
      Files.createDirectories(cacheDirectory);
      Path part = Files.createTempFile(cacheDirectory, "fetched-", ".partial");
      try {
        long size = Long.MAX_VALUE;
        for (long offset = 0; offset < size; ) {
          Reply.Piece piece = piece(contentHash, offset);
          append(part, piece.bytes());
          size = piece.size();
          offset += piece.bytes().length;
        }
        DataSets.admit(part, contentHash, cacheDirectory);
      } finally {
        Files.deleteIfExists(part);
      }
    } catch (LinkException e) {
      throw e;
    } catch (IOException e) {
      throw WorkerFolder.cacheFailed(cacheDirectory, e);
    }
  }

  /** There may be gigabytes to come, and nobody will train on them. */
  private void requireStaying() throws LinkException {
    if (isLeaving.getAsBoolean()) {
      throw new LinkException("The worker goes.");
    }
  }

  private static void append(Path part, byte[] bytes) throws IOException {
    try (OutputStream out = Files.newOutputStream(part, StandardOpenOption.APPEND)) {
      out.write(bytes);
    }
  }

  private Reply.Piece piece(String contentHash, long offset)
      throws InterruptedException, LinkException {
    boolean told = false;
    while (true) {
      Reply reply = null;
      requireStaying();
      try {
        reply =
            coordinator.ask(new Request.Get(worker, Request.FileKind.IMAGES, contentHash, offset));
      } catch (LinkException e) {
        if (isLeaving.getAsBoolean()) {
          throw e;
        }
        if (!told) {
          listener.said("Waiting for the coordinator: " + e.getMessage());
          told = true;
        }
      }
      if (reply instanceof Reply.Piece piece) {
        return piece;
      }
      if (reply instanceof Reply.Missing || reply instanceof Reply.Invalid) {
        throw new RefusedException("The coordinator has no images " + contentHash + ".");
      }
      // What does not know this worker was started again: hello is said beside this.
      pause.of(PAUSE_MILLIS);
    }
  }
}
