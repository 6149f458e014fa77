package org.finchnas.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.finchnas.coordinator.config.SearchConfig;
import org.finchnas.evaluation.Constraint;
import org.finchnas.evaluation.CostModel;
import org.finchnas.searchspace.Architecture;
import org.finchnas.searchspace.CellSearchSpace;

/** Published cells that a search is to begin with, though its own constraints keep them out. */
record InfeasibleSeeds(SearchConfig config, CostModel costs) {

  /** A sentence for each one, with every constraint that it breaks. */
  List<String> warnings() {
    CellSearchSpace space = config.space().forImages(config.data().image());
    List<Architecture> seeds = config.initial().in(space);
    List<String> warnings = new ArrayList<>();
    for (int i = 0; i < seeds.size(); i++) {
      List<String> broken = broken(costs.costs(seeds.get(i)));
      if (!broken.isEmpty()) {
        warnings.add(
            "initial (%s) is not trained: %s. Raise the limit, or choose fewer space.initialFilters or space.cellsPerStack."
                .formatted(config.initial().cells().get(i), String.join(", ", broken)));
      }
    }
    return warnings;
  }

  private List<String> broken(Map<String, Double> known) {
    List<String> broken = new ArrayList<>();
    for (Constraint constraint : config.constraints()) {
      Double value = known.get(constraint.objective().name());
      if (value != null && constraint.violation(value) > 0) {
        broken.add(
            "its %s are %s, constraints allow %s"
                .formatted(
                    constraint.objective().name(),
                    Quantity.rounded(value),
                    Quantity.rounded(constraint.limit())));
      }
    }
    return broken;
  }
}
