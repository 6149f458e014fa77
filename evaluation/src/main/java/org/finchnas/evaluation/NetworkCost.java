package org.finchnas.evaluation;

import java.util.HashMap;
import java.util.Map;
import org.finchnas.searchspace.network.Network;

/** What is known of a network without training it. Several can be told together. */
@FunctionalInterface
public interface NetworkCost {

  /** Params, MACs and peak activation bytes. */
  NetworkCost COUNTS = (design, network) -> NetworkCostModel.costs(network);

  /**
   * Costs by objective name.
   *
   * @param design the notation that the network was assembled from
   * @throws IllegalArgumentException if the network has none, since it could not be used
   */
  Map<String, Double> costs(String design, Network network);

  /** These and those of another, which wins where both tell the same. */
  default NetworkCost and(NetworkCost other) {
    return (design, network) -> {
      Map<String, Double> both = new HashMap<>(costs(design, network));
      both.putAll(other.costs(design, network));
      return Map.copyOf(both);
    };
  }
}
