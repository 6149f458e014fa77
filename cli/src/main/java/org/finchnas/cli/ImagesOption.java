package org.finchnas.cli;

import org.finchnas.data.DataSet;
import org.finchnas.data.DataSets;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The real images that files are checked on. */
final class ImagesOption {

  @Mixin private final FetchOption directory = new FetchOption();

  @Option(
      names = "--data",
      paramLabel = "DATASET",
      description = {
        "Images to check on: a name of finch datasets, or images:DIR;",
        "default: what the network was trained on, else shapes."
      })
  private @Nullable String name;

  DataSet open(Subject subject, Output output) {
    String trained = subject.dataSet() == null ? "shapes" : subject.dataSet();
    String wanted = name == null ? trained : name;
    return DataSets.open(
        wanted,
        subject.blueprint().image().height(),
        directory.directoryWith(wanted, output),
        Places.cacheDirectory());
  }
}
