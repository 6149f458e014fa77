package org.finchnas.worker.training;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Where a transfer keeps what it needs: checkpoints of both of its parts, and features meanwhile.
 */
public record TransferCheckpoints(Path directory, Checkpoints head, Checkpoints tuning) {

  /**
   * @param key of everything that decides the transfer: only an equal one continues from it
   * @param after how long a part trains before its epochs are kept
   */
  public static TransferCheckpoints in(Path directory, String key, Duration after) {
    return new TransferCheckpoints(
        directory,
        Checkpoints.in(directory, key + ".head", after),
        Checkpoints.in(directory, key + ".tuning", after));
  }

  /** Whether an equal transfer was begun and not finished. */
  public boolean isBegun() {
    return head.load().isPresent() || tuning.load().isPresent();
  }

  /** The transfer is over. */
  public void discard() {
    head.discard();
    tuning.discard();
  }
}
