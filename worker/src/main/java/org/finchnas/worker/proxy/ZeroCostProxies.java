package org.finchnas.worker.proxy;

import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import org.finchnas.evaluation.ZeroCostProxy;
import org.finchnas.searchspace.network.Network;
import org.finchnas.worker.training.FirstStep;
import org.finchnas.worker.training.RejectedTrainingException;
import org.finchnas.worker.training.TrainingImages;
import org.finchnas.worker.training.TrainingPlan;

/** Computes zero-cost proxies, on the calling thread. */
public final class ZeroCostProxies {

  private ZeroCostProxies() {}

  /**
   * The proxies of a network as the training that the plan describes would find it: with its first
   * weights and its first batch of images. Equal arguments give equal values within a numeric
   * class; one that came out as no number is left out.
   *
   * @throws RejectedTrainingException if the training would exceed the plan's memory
   */
  public static Map<ZeroCostProxy, Double> of(
      Network network, TrainingImages images, TrainingPlan plan, Set<ZeroCostProxy> proxies)
      throws RejectedTrainingException {
    Map<ZeroCostProxy, Double> values = new EnumMap<>(ZeroCostProxy.class);
    try (FirstStep step = FirstStep.of(network, images, plan)) {
      for (ZeroCostProxy proxy : proxies) {
        double value = value(proxy, step, plan.seed());
        if (!Double.isNaN(value)) {
          values.put(proxy, value);
        }
      }
    } finally {
      // As after a training: what is left in native memory does not make the collector run.
      System.gc();
    }
    return values;
  }

  private static double value(ZeroCostProxy proxy, FirstStep step, long seed) {
    Network network = step.graph().network();
    return switch (proxy) {
      case PARAMS -> network.params();
      case MACS -> network.macs();
      case GRADIENT_NORM -> GradientNorm.of(step);
      case SYNFLOW -> SynapticFlow.logarithm(network, FirstStep.graphSeed(seed));
      case NASWOT -> ReluCodes.logDeterminant(step);
    };
  }
}
