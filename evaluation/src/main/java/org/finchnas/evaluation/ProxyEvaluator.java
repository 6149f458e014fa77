package org.finchnas.evaluation;

import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Computes zero-cost proxies of architectures, several at a time. */
@FunctionalInterface
public interface ProxyEvaluator {

  /**
   * Computes proxies as soon as a slot is free, before trainings that wait for one. A proxy is
   * missing in the answer if it came out as no number, the architecture is too large or does not
   * fit the images, or its slot was lost as often as it was retried. The future completes
   * exceptionally only when the evaluator itself cannot go on.
   */
  CompletableFuture<Map<ZeroCostProxy, Double>> submit(ProxyRequest request);
}
