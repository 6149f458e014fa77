package org.finchnas.worker.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.finchnas.evaluation.FailureReason;
import org.finchnas.evaluation.TrainingParams;
import org.finchnas.evaluation.ZeroCostProxy;
import org.finchnas.searchspace.network.Network;
import org.finchnas.worker.training.Halves;
import org.finchnas.worker.training.RejectedTrainingException;
import org.finchnas.worker.training.TrainingImages;
import org.finchnas.worker.training.TrainingPlan;
import org.junit.jupiter.api.Test;

class ZeroCostProxiesTest {

  private static final Network NETWORK = Halves.network();
  private static final TrainingImages IMAGES = Halves.images(60, 10);
  private static final Set<ZeroCostProxy> ALL = EnumSet.allOf(ZeroCostProxy.class);

  @Test
  void theSameSeedGivesTheSameValuesBitForBitAndAnotherOthers() throws Exception {
    Map<ZeroCostProxy, Double> values = values(7, ALL);

    assertThat(values).containsOnlyKeys(ALL);
    assertThat(values.values()).allMatch(Double::isFinite);
    assertThat(values(7, ALL)).isEqualTo(values);
    assertThat(values(8, ALL))
        .doesNotContainEntry(ZeroCostProxy.SYNFLOW, values.get(ZeroCostProxy.SYNFLOW));
  }

  @Test
  void oneProxyDoesNotDependOnWhichOthersAreAskedFor() throws Exception {
    Map<ZeroCostProxy, Double> together = values(7, ALL);

    for (ZeroCostProxy proxy : ALL) {
      assertThat(values(7, EnumSet.of(proxy))).containsExactly(entry(proxy, together.get(proxy)));
    }
  }

  @Test
  void countsNeedNoWeights() throws Exception {
    assertThat(values(1, ALL))
        .containsEntry(ZeroCostProxy.PARAMS, (double) NETWORK.params())
        .containsEntry(ZeroCostProxy.MACS, (double) NETWORK.macs());
    assertThat(ZeroCostProxy.needingWeights(ALL))
        .containsExactly(ZeroCostProxy.GRADIENT_NORM, ZeroCostProxy.SYNFLOW, ZeroCostProxy.NASWOT);
  }

  @Test
  void whatWouldNotFitInTrainingIsNotScored() {
    TrainingPlan narrow = new TrainingPlan(TrainingParams.DEFAULT, 1, 1, false, 0, 1 << 20, null);

    assertThatThrownBy(() -> ZeroCostProxies.of(NETWORK, IMAGES, narrow, ALL))
        .isInstanceOfSatisfying(
            RejectedTrainingException.class,
            e -> assertThat(e.outcome().reason()).isEqualTo(FailureReason.MEMORY));
  }

  private static Map<ZeroCostProxy, Double> values(long seed, Set<ZeroCostProxy> proxies)
      throws RejectedTrainingException {
    TrainingPlan plan = new TrainingPlan(TrainingParams.DEFAULT, 1, seed, false, 0, 0, null);
    return ZeroCostProxies.of(NETWORK, IMAGES, plan, proxies);
  }
}
