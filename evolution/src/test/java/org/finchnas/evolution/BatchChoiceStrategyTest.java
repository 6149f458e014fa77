package org.finchnas.evolution;

import static org.assertj.core.api.Assertions.assertThat;

import org.finchnas.evaluation.Forecast;
import org.finchnas.evolution.StrategySettings.Selection;
import org.finchnas.searchspace.Architecture;
import org.junit.jupiter.api.Test;

class BatchChoiceStrategyTest extends SearchStrategyContract {

  private static final Forecast<Architecture> WIDEST =
      architectures ->
          architectures.stream().map(each -> (double) each.macro().initialFilters()).toList();

  @Override
  StrategySettings settings() {
    return StrategySettings.of("aging-evolution", 12, 4, Selection.FIRST_OBJECTIVE, false);
  }

  @Override
  BatchChoice choice() {
    return new BatchChoice(4, WIDEST);
  }

  @Test
  void proposesWhatTheForecastPrefers() {
    assertThat(meanWidth(create(1)))
        .isGreaterThan(meanWidth(new RandomSearchStrategyTest().create(1)));
  }

  private static double meanWidth(SearchStrategy strategy) {
    double sum = 0;
    for (int i = 0; i < 40; i++) {
      sum += strategy.ask().orElseThrow().architecture().macro().initialFilters();
    }
    return sum / 40;
  }
}
