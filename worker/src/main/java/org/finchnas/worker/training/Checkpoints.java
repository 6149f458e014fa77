package org.finchnas.worker.training;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The checkpoints of one training: a file that each epoch replaces, and that goes when what came of
 * the training is safe. A file that is torn, or of another training, is as good as none.
 */
public interface Checkpoints {

  /** Keeps none. */
  Checkpoints NONE =
      new Checkpoints() {
        @Override
        public Optional<Checkpoint> load() {
          return Optional.empty();
        }

        @Override
        public void offer(Supplier<Checkpoint> checkpoint) {}

        @Override
        public void discard() {}
      };

  Optional<Checkpoint> load();

  /** Keeps it if the training has run long enough to be worth it. */
  void offer(Supplier<Checkpoint> checkpoint);

  /** The training is over. */
  void discard();

  /**
   * In a file.
   *
   * @param key of everything that decides the training: only an equal training continues from it
   * @param after how long a training runs before the first is kept
   */
  static Checkpoints in(Path directory, String key, Duration after) {
    return new FileCheckpoints(directory, key, after);
  }
}
