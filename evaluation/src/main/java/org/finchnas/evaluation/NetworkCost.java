package org.finchnas.evaluation;

import java.util.HashMap;
import java.util.Map;
import org.finchnas.searchspace.network.Network;

/** What is known of a network without training it. Several can be told together. */
@FunctionalInterface
public interface NetworkCost {

  /** Params, MACs and peak activation bytes. */
  NetworkCost COUNTS = NetworkCostModel::costs;

  /**
   * Costs by objective name.
   *
   * @throws IllegalArgumentException if the network has none, since it could not be used
   */
  Map<String, Double> costs(Network network);

  /** These and those of another, which wins where both tell the same. */
  default NetworkCost and(NetworkCost other) {
    return network -> {
      Map<String, Double> both = new HashMap<>(costs(network));
      both.putAll(other.costs(network));
      return Map.copyOf(both);
    };
  }
}
