package org.finchnas.coordinator;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.finchnas.evaluation.Candidate;
import org.finchnas.evaluation.Evaluation;
import org.finchnas.evaluation.Evaluation.Completed;
import org.finchnas.evaluation.Evaluator;
import org.finchnas.evaluation.ZeroCostProxy;

/**
 * Has candidates trained and adds their zero-cost proxies to their scores, so that it can be told
 * how well these foretell what training says. Does not own the evaluator it asks.
 */
public final class ProxyRecordingEvaluator implements Evaluator {

  private final Evaluator evaluator;
  private final ArchitectureProxies architectures;
  private final Set<ZeroCostProxy> proxies;

  public ProxyRecordingEvaluator(
      Evaluator evaluator, ArchitectureProxies architectures, Set<ZeroCostProxy> proxies) {
    this.evaluator = evaluator;
    this.architectures = architectures;
    this.proxies = Set.copyOf(proxies);
  }

  @Override
  public CompletableFuture<Evaluation> submit(Candidate candidate) {
    // Trained after its proxies are known: a training that waited for them when it is over could be
    // lost with the process.
    return architectures
        .of(candidate.architecture(), proxies)
        .thenCompose(
            values ->
                evaluator.submit(candidate).thenApply(evaluation -> with(evaluation, values)));
  }

  private static Evaluation with(Evaluation evaluation, Map<ZeroCostProxy, Double> values) {
    Map<String, Double> scores = new HashMap<>();
    values.forEach((proxy, value) -> scores.put(proxy.token(), value));
    return evaluation instanceof Completed completed ? completed.with(scores) : evaluation;
  }

  @Override
  public void kept(Evaluation evaluation) {
    evaluator.kept(evaluation);
  }

  @Override
  public int slots() {
    return evaluator.slots();
  }

  @Override
  public void close() {
    architectures.stop();
  }
}
