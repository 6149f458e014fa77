package org.finchnas.evolution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.finchnas.evolution.algorithm.AgingEvolution;
import org.junit.jupiter.api.Test;

class StrategySettingsTest {

  @Test
  void areFoundByName() {
    for (String name : StrategySettings.NAMES) {
      assertThat(StrategySettings.of(name, 10, 2).name()).isEqualTo(name);
    }
    assertThat(StrategySettings.of("aging-evolution", 10, 2))
        .isEqualTo(new StrategySettings.Aging(new AgingEvolution.Params(10, 2)));
  }

  @Test
  void sayTheNearestName() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> StrategySettings.of("ageing-evolution", 10, 2))
        .withMessage(
            "There is no strategy \"ageing-evolution\". Did you mean \"aging-evolution\"?");
  }

  @Test
  void rejectSizesThatDoNotFit() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> StrategySettings.of("aging-evolution", 10, 11))
        .withMessageContaining("sampleSize (11)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> StrategySettings.of("aging-evolution", 1, 1))
        .withMessageContaining("populationSize (1) must be at least 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> StrategySettings.of("aging-evolution", 10, 0));
  }
}
