package org.finchnas.mobile;

import java.io.IOException;
import java.nio.file.Path;

/** Writes networks as files of one format and opens such files in a runtime. */
public interface Exporter {

  ExportFormat format();

  /** What is written: the same for the same request, whenever and wherever. */
  ModelContent encode(ExportRequest request);

  /**
   * Opens a model that was written by this exporter.
   *
   * @throws UnreadableModelException if it is not such a file, or is truncated or altered
   * @throws IOException if it cannot be read at all
   */
  LoadedModel load(Path file) throws IOException;
}
