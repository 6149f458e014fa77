package org.finchnas.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where published data sets lie. */
final class DataOption {

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description =
          "Folder with published data sets; default: the variable FINCH_DATA, else Finch's cache.")
  private @Nullable Path directory;

  Path directory() {
    return Places.dataDirectory(directory);
  }
}
