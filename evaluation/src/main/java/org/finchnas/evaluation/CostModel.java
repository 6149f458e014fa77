package org.finchnas.evaluation;

import java.util.Map;
import org.finchnas.searchspace.Architecture;

/** What is known of an architecture without training it. */
@FunctionalInterface
public interface CostModel {

  /**
   * Costs by objective name.
   *
   * @throws IllegalArgumentException if the architecture cannot be assembled for the images
   */
  Map<String, Double> costs(Architecture architecture);
}
