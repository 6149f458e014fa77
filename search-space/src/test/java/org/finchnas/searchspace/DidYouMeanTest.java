package org.finchnas.searchspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DidYouMeanTest {

  private static final List<String> KNOWN = List.of("params", "macs", "validationAccuracy");

  @Test
  void namesTheNearest() {
    assertThat(DidYouMean.sentence("parmas", KNOWN)).isEqualTo("Did you mean \"params\"?");
    assertThat(DidYouMean.sentence("Macs", KNOWN)).isEqualTo("Did you mean \"macs\"?");
    assertThat(DidYouMean.sentence("validation-accuracy", KNOWN))
        .isEqualTo("Did you mean \"validationAccuracy\"?");
    assertThat(DidYouMean.sentence("val", KNOWN)).isEqualTo("Did you mean \"validationAccuracy\"?");
  }

  @Test
  void namesAllWhenNoneIsNear() {
    assertThat(DidYouMean.sentence("speed", KNOWN))
        .isEqualTo("Known are macs, params, validationAccuracy.");
    assertThat(DidYouMean.sentence("", KNOWN)).startsWith("Known are");
  }

  @Test
  void namesSeveralNearestFirst() {
    assertThat(DidYouMean.nearest("darts-v3", List.of("darts-v1", "darts-v2", "darts-v33")))
        .containsExactly("darts-v1", "darts-v2", "darts-v33");
  }
}
