package org.finchnas.evaluation;

import java.util.Map;

/**
 * What came of a question about an untrained network.
 *
 * @param values a proxy is missing if it came out as no number, or the architecture is too large or
 *     does not fit the images
 * @param lost whether a machine is the reason that there are none
 */
public record ProxyAnswer(Map<ZeroCostProxy, Double> values, boolean lost) {

  /** From a slot that was lost as often as it was retried. */
  public static final ProxyAnswer LOST = new ProxyAnswer(Map.of(), true);

  public ProxyAnswer {
    values = Map.copyOf(values);
    if (lost && !values.isEmpty()) {
      throw new IllegalArgumentException("A lost answer has no values: " + values + ".");
    }
  }

  public static ProxyAnswer of(Map<ZeroCostProxy, Double> values) {
    return new ProxyAnswer(values, false);
  }
}
