package org.finchnas.evolution;

import org.finchnas.evolution.StrategySettings.Selection;

class NsgaTwoStrategyTest extends SearchStrategyContract {

  @Override
  StrategySettings settings() {
    return StrategySettings.of("nsga-ii", 8, 3, Selection.PARETO, false);
  }
}
