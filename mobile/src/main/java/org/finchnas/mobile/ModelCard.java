package org.finchnas.mobile;

/**
 * What a file says of itself besides its labels.
 *
 * @param name of the model
 * @param design notation of the architecture
 * @param dataSet what it was trained on
 * @param finchVersion version of the program that wrote it
 */
public record ModelCard(String name, String design, String dataSet, String finchVersion) {

  /** Who wrote the file. */
  public static final String AUTHOR = "Finch";

  /** Finch makes no claim on what it trains. */
  public static final String LICENSE = "None stated: whoever trained this model decides";
}
