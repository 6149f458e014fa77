package org.finchnas.mobile.latency.profile;

import java.util.Map;
import org.finchnas.evaluation.NetworkCost;
import org.finchnas.evaluation.Objective;
import org.finchnas.searchspace.network.Network;

/** The {@code latencyMillis} of networks, as a profile estimates it. */
public record LatencyCost(DeviceProfile profile) implements NetworkCost {

  @Override
  public Map<String, Double> costs(String design, Network network) {
    return Map.of(Objective.LATENCY.name(), profile.estimate(network).millis());
  }
}
