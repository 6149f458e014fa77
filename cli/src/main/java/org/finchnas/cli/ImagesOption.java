package org.finchnas.cli;

import org.finchnas.data.DataSet;
import org.finchnas.data.DataSets;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The real images that files are checked on. */
final class ImagesOption {

  @Mixin private final DataOption directory = new DataOption();

  @Option(
      names = "--data",
      paramLabel = "DATASET",
      description = {
        "Images to check on: shapes, cifar10 or images:DIR;",
        "default: what the network was trained on, else shapes."
      })
  private @Nullable String name;

  DataSet open(Subject subject) {
    String trained = subject.dataSet() == null ? "shapes" : subject.dataSet();
    return DataSets.open(
        name == null ? trained : name,
        subject.blueprint().image().height(),
        directory.directory(),
        Places.cacheDirectory());
  }
}
