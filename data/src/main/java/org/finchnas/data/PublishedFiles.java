package org.finchnas.data;

import java.nio.file.Path;
import java.util.List;

/** The files of a published data set in a directory, some of which may be missing. */
interface PublishedFiles {

  /** Where the files are, or should be. */
  Path directory();

  /** What has to be there and is not, in words. */
  List<String> missing();

  /** Changes when the files do. */
  String fingerprint();

  /**
   * @throws DataSetException for files that are cut short, altered or unreadable
   */
  DataSet read();
}
