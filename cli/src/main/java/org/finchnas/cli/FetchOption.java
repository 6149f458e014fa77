package org.finchnas.cli;

import java.nio.file.Path;
import org.finchnas.data.DataSets;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where published data sets lie, and where they are fetched from if they are not there. */
final class FetchOption {

  @Mixin private final DataOption data = new DataOption();

  @Option(
      names = "--data-url",
      paramLabel = "URL",
      description = "Fetches published files from below this address instead of their own.")
  private @Nullable String base;

  Path directory() {
    return data.directory();
  }

  /** The folder, into which a published data set was fetched if it was not there. */
  Path directoryWith(String dataSet, Output output) {
    if (DataSets.needsFetching(dataSet, directory())) {
      fetch(dataSet, output);
    }
    return directory();
  }

  /**
   * Brings a published data set into the folder, unless it is there.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  void fetch(String dataSet, Output output) {
    FetchLine line = new FetchLine(output);
    try {
      DataSets.fetch(dataSet, directory(), base, line);
    } finally {
      line.end();
    }
    output.say("%s is in %s.", dataSet, directory());
  }
}
