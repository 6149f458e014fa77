package org.finchnas.coordinator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TroublesTest {

  private final Troubles troubles = new Troubles();

  @Test
  void theSameIsToldOnceWhateverComesBetween() {
    assertThat(troubles.isNews("a", 0)).isTrue();
    assertThat(troubles.isNews("b", 1)).isTrue();
    assertThat(troubles.isNews("a", 2)).isFalse();
    assertThat(troubles.isNews("b", 3)).isFalse();
  }

  @Test
  void afterAWhileItIsToldAgain() {
    assertThat(troubles.isNews("a", -5)).isTrue();
    assertThat(troubles.isNews("a", Troubles.QUIET.toNanos() - 6)).isFalse();
    assertThat(troubles.isNews("a", Troubles.QUIET.toNanos() - 5)).isTrue();
    assertThat(troubles.isNews("a", Troubles.QUIET.toNanos() - 4)).isFalse();
  }

  @Test
  void whatIsEachTimeAnotherIsToldSoManyTimes() {
    for (int i = 0; i < Troubles.MOST; i++) {
      assertThat(troubles.isNews("request " + i, i)).isTrue();
    }
    assertThat(troubles.isNews("one more", Troubles.MOST)).isFalse();
    assertThat(troubles.isNews("one more", Troubles.QUIET.toNanos())).isTrue();
  }
}
