package org.finchnas.evaluation;

import java.util.LinkedHashMap;
import java.util.Map;
import org.finchnas.searchspace.Architecture;
import org.finchnas.searchspace.network.Network;
import org.finchnas.searchspace.network.Shape;

/**
 * {@code params}, {@code macs} and {@code peakActivationBytes} of an architecture's network for
 * images of one shape, and what else is asked for. May be shared by threads; remembers the latest
 * architectures, since strategy and search loop both ask for the same one.
 */
public final class NetworkCostModel implements CostModel {

  private static final int REMEMBERED = 1024;

  private final Shape image;
  private final int classes;
  private final NetworkCost cost;

  /** Not by id: blocks in another order are the same network, but keep other tensors alive. */
  private final Map<Architecture, Map<String, Double>> remembered =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Architecture, Map<String, Double>> eldest) {
          return size() > REMEMBERED;
        }
      };

  public NetworkCostModel(Shape image, int classes) {
    this(image, classes, NetworkCost.COUNTS);
  }

  /**
   * @param cost what is told of each network
   */
  public NetworkCostModel(Shape image, int classes, NetworkCost cost) {
    this.image = image;
    this.classes = classes;
    this.cost = cost;
  }

  @Override
  public synchronized Map<String, Double> costs(Architecture architecture) {
    Map<String, Double> known = remembered.get(architecture);
    if (known != null) {
      return known;
    }
    Map<String, Double> costs =
        cost.costs(architecture.notation(), architecture.assemble(image, classes));
    remembered.put(architecture, costs);
    return costs;
  }

  /** The counts of any network. */
  public static Map<String, Double> costs(Network network) {
    return Map.of(
        Objective.PARAMS.name(), (double) network.params(),
        Objective.MACS.name(), (double) network.macs(),
        Objective.PEAK_ACTIVATION_BYTES.name(), (double) network.peakActivationBytes());
  }
}
