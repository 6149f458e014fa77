package org.finchnas.benchmarks.cluster;

import java.nio.file.Path;

/** Where Finch lies. */
final class Home {

  private Home() {}

  static Path file(String name) {
    return Path.of(System.getProperty("finch.home", ".")).resolve(name).toAbsolutePath();
  }
}
