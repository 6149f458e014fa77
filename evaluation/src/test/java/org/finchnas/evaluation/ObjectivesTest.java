package org.finchnas.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class ObjectivesTest {

  @Test
  void parsesEachByItsName() {
    for (Objective objective : Objectives.known()) {
      assertThat(Objectives.parse(objective.name())).isEqualTo(objective);
    }
    assertThat(Objectives.known()).hasSize(6);
  }

  @Test
  void keepsTheOrder() {
    assertThat(Objectives.parse(List.of("macs", "validationAccuracy")))
        .containsExactly(Objective.MACS, Objective.VALIDATION_ACCURACY);
  }

  @Test
  void saysTheNearestName() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Objectives.parse("validationAcuracy"))
        .withMessage(
            "There is no objective \"validationAcuracy\". Did you mean \"validationAccuracy\"?");
  }

  @Test
  void saysAllThatIsWrong() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Objectives.parse(List.of("macs", "parms", "macs", "speed")))
        .withMessageContaining("Did you mean \"params\"?")
        .withMessageContaining("\"macs\" is named twice")
        .withMessageContaining("\"speed\"");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Objectives.parse(List.of()))
        .withMessageContaining("at least one objective");
  }
}
