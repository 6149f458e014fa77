package org.finchnas.benchmarks.cluster;

import java.nio.file.Path;
import org.finchnas.benchmarks.Scratch;
import org.finchnas.data.DataSet;
import org.finchnas.data.DataSets;
import org.finchnas.evaluation.slot.SlotMessage.Ready;

/** What the fake trainings say they train on: images that Finch makes itself. */
final class Images {

  static final String SET = "shapes";
  static final int SIZE = 16;

  private Images() {}

  static Path cache() {
    return Scratch.directory("cluster").resolve("cache");
  }

  static DataSet open() {
    return DataSets.open(SET, SIZE, null, cache());
  }

  static Path file() {
    return DataSets.file(SET, SIZE, null, cache());
  }

  static Ready ready() {
    DataSet set = open();
    return new Ready(
        set.contentHash(), set.train().channels(), set.labels(), set.train().size(), 0);
  }
}
