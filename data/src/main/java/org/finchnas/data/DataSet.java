package org.finchnas.data;

import java.util.List;

/**
 * Images to learn from and images to be tested on.
 *
 * @param name as it was asked for: {@code shapes}, {@code cifar10}, {@code images:DIR}
 * @param labels names of the classes
 * @param contentHash SHA-256 over all pixels and labels, hexadecimal: two machines with the same
 *     hash have the same images
 * @param warnings what a user should know: files that did not decode and were left out
 */
public record DataSet(
    String name,
    List<String> labels,
    ImageSet train,
    ImageSet test,
    String contentHash,
    List<String> warnings) {

  public DataSet {
    labels = List.copyOf(labels);
    warnings = List.copyOf(warnings);
  }

  /** A data set whose content hash is taken here. */
  public static DataSet of(
      String name, List<String> labels, ImageSet train, ImageSet test, List<String> warnings) {
    return new DataSet(name, labels, train, test, ContentHash.of(train, test), warnings);
  }

  DataSet named(String other) {
    return new DataSet(other, labels, train, test, contentHash, warnings);
  }
}
