package org.finchnas.evolution;

import java.util.function.Predicate;
import org.finchnas.evaluation.Forecast;
import org.finchnas.evolution.algorithm.BestOfBatch;
import org.finchnas.evolution.algorithm.Variation;
import org.finchnas.searchspace.Architecture;

/**
 * Of so many architectures that are bred, the one with the best forecast is proposed.
 *
 * @param batch at least 1
 */
public record BatchChoice(int batch, Forecast<Architecture> forecast) {

  Variation<Architecture> among(
      Variation<Architecture> variation, Predicate<Architecture> allowed) {
    return new BestOfBatch<>(variation, batch, allowed, forecast, Architecture::id);
  }
}
