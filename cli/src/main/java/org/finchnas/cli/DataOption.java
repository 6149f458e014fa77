package org.finchnas.cli;

import java.nio.file.Path;
import org.finchnas.data.DataSets;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where published data sets lie, and where they are fetched from. */
final class DataOption {

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description =
          "Folder with published data sets; default: the variable FINCH_DATA, else Finch's cache.")
  private @Nullable Path directory;

  @Option(
      names = "--data-url",
      paramLabel = "URL",
      description = "Fetches published files from below this address instead of their own.")
  private @Nullable String base;

  Path directory() {
    return Places.dataDirectory(directory);
  }

  /** The folder, into which a published data set was fetched if it was not there. */
  Path directoryWith(String dataSet, Output output) {
    Path folder = directory();
    if (DataSets.needsFetching(dataSet, folder)) {
      FetchLine line = new FetchLine(output);
      try {
        DataSets.fetch(dataSet, folder, base, line);
      } finally {
        line.end();
      }
      output.say("%s is in %s now.", dataSet, folder);
    }
    return folder;
  }
}
