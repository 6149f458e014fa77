package org.finchnas.evolution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.finchnas.evolution.StrategySettings.Selection;
import org.finchnas.evolution.algorithm.AgingEvolution;
import org.junit.jupiter.api.Test;

class StrategySettingsTest {

  @Test
  void areFoundByName() {
    for (String name : StrategySettings.NAMES) {
      assertThat(StrategySettings.of(name, 10, 2, Selection.FIRST_OBJECTIVE, false).name())
          .isEqualTo(name);
    }
    assertThat(StrategySettings.of("aging-evolution", 10, 2, Selection.FIRST_OBJECTIVE, false))
        .isEqualTo(
            new StrategySettings.Aging(
                new AgingEvolution.Params(10, 2), Selection.FIRST_OBJECTIVE, false));
  }

  @Test
  void sayTheNearestName() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> StrategySettings.of("agin-evolution", 10, 2, Selection.FIRST_OBJECTIVE, false))
        .withMessage("There is no strategy \"agin-evolution\". Did you mean \"aging-evolution\"?");
  }

  @Test
  void rejectSizesThatDoNotFit() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> StrategySettings.of("aging-evolution", 10, 11, Selection.FIRST_OBJECTIVE, false))
        .withMessageContaining("sampleSize (11)");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> StrategySettings.of("aging-evolution", 1, 1, Selection.FIRST_OBJECTIVE, false))
        .withMessageContaining("populationSize (1) must be at least 2");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> StrategySettings.of("aging-evolution", 10, 0, Selection.FIRST_OBJECTIVE, false));
  }
}
