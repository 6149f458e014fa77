package org.finchnas.worker.training;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** See {@link Checkpoints#in}. */
final class FileCheckpoints implements Checkpoints {

  private final Path file;
  private final Duration after;
  private final long started = System.nanoTime();

  FileCheckpoints(Path directory, String key, Duration after) {
    this.file = directory.resolve(key + ".checkpoint");
    this.after = after;
  }

  @Override
  public Optional<Checkpoint> load() {
    try {
      return Files.exists(file) ? CheckpointFile.read(Files.readAllBytes(file)) : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(
          "%s cannot be read (%s). Delete it to train anew.".formatted(file, e.getMessage()), e);
    }
  }

  @Override
  public void offer(Supplier<Checkpoint> checkpoint) {
    if (System.nanoTime() - started >= after.toNanos()) {
      try {
        DurableFile.write(file, CheckpointFile.bytes(checkpoint.get()));
      } catch (IOException e) {
        throw new UncheckedIOException(
            "%s cannot be written (%s). Make room on that disk, or mend it."
                .formatted(file, e.getMessage()),
            e);
      }
    }
  }

  @Override
  public void discard() {
    try {
      DurableFile.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "%s cannot be deleted (%s). Mind its permissions.".formatted(file, e.getMessage()), e);
    }
  }
}
