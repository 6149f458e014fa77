package org.finchnas.benchmarks;

import java.nio.file.Path;

/** Where benchmarks leave what they write: a folder that the build clears. */
public final class Scratch {

  private Scratch() {}

  /** The folder of a benchmark, which may not be there yet. */
  public static Path directory(String benchmark) {
    return Path.of(System.getProperty("finch.scratch", "target"), benchmark).toAbsolutePath();
  }
}
