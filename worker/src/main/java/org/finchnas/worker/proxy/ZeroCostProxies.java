package org.finchnas.worker.proxy;

import java.util.EnumMap;
import java.util.EnumSet;
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
    FirstStep.requireFits(network, images, plan);
    Map<ZeroCostProxy, Double> values = new EnumMap<>(ZeroCostProxy.class);
    EnumSet<ZeroCostProxy> ofImages = EnumSet.noneOf(ZeroCostProxy.class);
    try {
      for (ZeroCostProxy proxy : proxies) {
        switch (proxy) {
          case PARAMS -> values.put(proxy, (double) network.params());
          case MACS -> values.put(proxy, (double) network.macs());
          case SYNFLOW ->
              values.put(proxy, SynapticFlow.logarithm(network, FirstStep.graphSeed(plan.seed())));
          case GRADIENT_NORM, NASWOT -> ofImages.add(proxy);
        }
      }
      if (!ofImages.isEmpty()) {
        values.putAll(of(FirstStep.of(network, images, plan), ofImages));
      }
    } finally {
      // As after a training: what is left in native memory does not make the collector run.
      System.gc();
    }
    values.values().removeIf(value -> value.isNaN());
    return values;
  }

  private static Map<ZeroCostProxy, Double> of(FirstStep first, Set<ZeroCostProxy> ofImages) {
    Map<ZeroCostProxy, Double> values = new EnumMap<>(ZeroCostProxy.class);
    try (FirstStep step = first) {
      if (ofImages.contains(ZeroCostProxy.GRADIENT_NORM)) {
        values.put(ZeroCostProxy.GRADIENT_NORM, GradientNorm.of(step));
      }
      if (ofImages.contains(ZeroCostProxy.NASWOT)) {
        values.put(ZeroCostProxy.NASWOT, ReluCodes.logDeterminant(step));
      }
    }
    return values;
  }
}
