package org.finchnas.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class QuantityTest {

  @Test
  void oneIsSingularAndTheRestArePluralsOfTheLanguage() {
    assertThat(Quantity.of(1, "slot")).isEqualTo("1 slot");
    assertThat(Quantity.of(0, "slot")).isEqualTo("0 slots");
    assertThat(Quantity.of(2, "search")).isEqualTo("2 searches");
    assertThat(Quantity.of(2, "class")).isEqualTo("2 classes");
    assertThat(Quantity.of(5, "epoch")).isEqualTo("5 epochs");
    assertThat(Quantity.of(1_000, "evaluation")).isEqualTo("1 000 evaluations");
  }
}
