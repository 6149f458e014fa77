package org.finchnas.data;

import java.nio.file.Path;

/**
 * A data set and where it lies.
 *
 * @param file that of the cache which holds its images
 */
record CachedDataSet(DataSet set, Path file) {

  CachedDataSet with(DataSet other) {
    return new CachedDataSet(other, file);
  }
}
