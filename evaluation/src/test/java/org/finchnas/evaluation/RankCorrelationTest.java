package org.finchnas.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class RankCorrelationTest {

  @Test
  void equalAndReversedOrders() {
    assertThat(RankCorrelation.kendallTau(List.of(1., 2., 3.), List.of(5., 6., 70.))).isEqualTo(1);
    assertThat(RankCorrelation.kendallTau(List.of(1., 2., 3.), List.of(3., 2., 1.))).isEqualTo(-1);
  }

  /** By hand: 8 of 10 pairs agree, 2 do not. */
  @Test
  void countsPairs() {
    List<Double> first = List.of(1., 2., 3., 4., 5.);
    assertThat(RankCorrelation.kendallTau(first, List.of(2., 1., 3., 5., 4.))).isEqualTo(0.6);
  }

  /** By hand: 2 + 0 of 3 pairs, of which the first score ties one: 2 / sqrt(2 * 3). */
  @Test
  void tiesCountForNeither() {
    assertThat(RankCorrelation.kendallTau(List.of(1., 1., 2.), List.of(1., 2., 3.)))
        .isCloseTo(2 / Math.sqrt(6), within(1e-12));
  }

  @Test
  void withoutOrderThereIsNoCorrelation() {
    assertThat(RankCorrelation.kendallTau(List.of(), List.of())).isNaN();
    assertThat(RankCorrelation.kendallTau(List.of(1.), List.of(1.))).isNaN();
    assertThat(RankCorrelation.kendallTau(List.of(1., 1.), List.of(1., 2.))).isNaN();
  }

  @Test
  void bothAreOfTheSameThings() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RankCorrelation.kendallTau(List.of(1.), List.of(1., 2.)));
  }
}
