package org.finchnas.mobile;

import java.util.List;
import java.util.Map;
import org.finchnas.evaluation.NetworkCost;
import org.finchnas.evaluation.Objective;
import org.finchnas.searchspace.network.Network;

/**
 * The {@code fileBytes} of networks: of their file of one kind, as it will be written.
 *
 * @param labels names of the classes
 * @param dataSet as the file will name it
 * @param finchVersion as the file will name it
 */
public record FileBytesCost(
    FileSizes sizes, FileKind kind, List<String> labels, String dataSet, String finchVersion)
    implements NetworkCost {

  public FileBytesCost {
    labels = List.copyOf(labels);
  }

  @Override
  public Map<String, Double> costs(String design, Network network) {
    ModelCard card = new ModelCard(network.name(), design, dataSet, finchVersion);
    return Map.of(Objective.FILE_BYTES.name(), (double) sizes.bytes(network, card, labels, kind));
  }
}
