package org.finchnas.coordinator.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The file {@code paused} in a run's folder: while it is there, a search that runs asks for nothing
 * more. Whoever can write the folder can pause the search, from any machine that sees it.
 */
public record PauseMark(Path run) {

  public boolean isSet() {
    return Files.exists(file());
  }

  /**
   * @throws RunStorageException if the folder cannot be written
   */
  public void set() {
    try {
      Files.writeString(file(), "Delete this file to go on.\n");
    } catch (IOException e) {
      throw new RunStorageException(file(), e);
    }
  }

  /**
   * Deletes it, if it is there.
   *
   * @throws RunStorageException if the folder cannot be written
   */
  public void clear() {
    try {
      Files.deleteIfExists(file());
    } catch (IOException e) {
      throw new RunStorageException(file(), e);
    }
  }

  /** Where it stands or would stand. */
  public Path file() {
    return run.resolve("paused");
  }
}
