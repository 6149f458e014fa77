package org.finchnas.evaluation;

import java.util.concurrent.CompletableFuture;

/** Computes zero-cost proxies of architectures, several at a time. */
@FunctionalInterface
public interface ProxyEvaluator {

  /**
   * Computes proxies as soon as a slot is free, before trainings that wait for one. The future
   * completes exceptionally only when the evaluator itself cannot go on.
   */
  CompletableFuture<ProxyAnswer> submit(ProxyRequest request);
}
