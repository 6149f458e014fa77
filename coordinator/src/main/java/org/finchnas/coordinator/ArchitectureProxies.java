package org.finchnas.coordinator;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.finchnas.evaluation.CostModel;
import org.finchnas.evaluation.Fidelity;
import org.finchnas.evaluation.Forecast;
import org.finchnas.evaluation.ProxyAnswer;
import org.finchnas.evaluation.ProxyEvaluator;
import org.finchnas.evaluation.ProxyRequest;
import org.finchnas.evaluation.ZeroCostProxy;
import org.finchnas.searchspace.Architecture;
import org.finchnas.searchspace.ArchitectureId;

/**
 * The zero-cost proxies of a run's architectures, each computed once: with one seed for all, so
 * that they are shown the same images, and at the full fidelity.
 */
public final class ArchitectureProxies {

  private final CostModel costModel;
  private final ProxyEvaluator evaluator;
  private final ProxyRecord record;
  private final Fidelity fidelity;
  private final long seed;
  private final Map<Key, CompletableFuture<Double>> values = new HashMap<>();
  private final CompletableFuture<Void> stopped = new CompletableFuture<>();

  /**
   * @param costModel knows the proxies that need no weights
   * @param evaluator computes the others
   * @param record what was computed before; the seed and the fidelity must be those of then
   */
  public ArchitectureProxies(
      CostModel costModel,
      ProxyEvaluator evaluator,
      ProxyRecord record,
      Fidelity fidelity,
      long seed) {
    this.costModel = costModel;
    this.evaluator = evaluator;
    this.record = record;
    this.fidelity = fidelity;
    this.seed = seed;
  }

  /**
   * Proxies of an architecture; one is missing where nothing came out. One thread at a time may
   * ask.
   */
  public CompletableFuture<Map<ZeroCostProxy, Double>> of(
      Architecture architecture, Set<ZeroCostProxy> proxies) {
    request(architecture, ZeroCostProxy.needingWeights(proxies));
    Map<ZeroCostProxy, CompletableFuture<Double>> futures = new EnumMap<>(ZeroCostProxy.class);
    proxies.forEach(proxy -> futures.put(proxy, value(architecture, proxy)));
    return CompletableFuture.allOf(futures.values().toArray(CompletableFuture[]::new))
        .thenApply(done -> numbers(futures));
  }

  /**
   * What a proxy lets expect. Waits for a slot where it needs one; throws {@link
   * java.util.concurrent.CompletionException} after {@link #stop} and if the evaluator cannot go
   * on.
   */
  public Forecast<Architecture> forecast(ZeroCostProxy proxy) {
    return architectures -> {
      List<CompletableFuture<Map<ZeroCostProxy, Double>>> asked = new ArrayList<>();
      architectures.forEach(architecture -> asked.add(of(architecture, Set.of(proxy))));
      CompletableFuture<Void> all =
          CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new));
      CompletableFuture.anyOf(all, stopped).join();
      return asked.stream().map(each -> each.join().getOrDefault(proxy, Double.NaN)).toList();
    };
  }

  /** Ends all waiting, from any thread. */
  public void stop() {
    stopped.cancel(false);
  }

  /** In one request what is neither recorded nor asked for. */
  private void request(Architecture architecture, Set<ZeroCostProxy> proxies) {
    Map<ZeroCostProxy, Double> recorded = record.find(architecture.id());
    Set<ZeroCostProxy> missing = EnumSet.noneOf(ZeroCostProxy.class);
    for (ZeroCostProxy proxy : proxies) {
      Key key = new Key(architecture.id(), proxy);
      Double before = recorded.get(proxy);
      if (before != null) {
        values.putIfAbsent(key, CompletableFuture.completedFuture(before));
      } else if (!values.containsKey(key)) {
        missing.add(proxy);
      }
    }
    if (!missing.isEmpty()) {
      CompletableFuture<Map<ZeroCostProxy, Double>> answer =
          evaluator
              .submit(new ProxyRequest(architecture, fidelity, seed, missing))
              .thenApply(computed -> keep(architecture, missing, computed));
      for (ZeroCostProxy proxy : missing) {
        values.put(
            new Key(architecture.id(), proxy),
            answer.thenApply(kept -> kept.getOrDefault(proxy, Double.NaN)));
      }
    }
  }

  private CompletableFuture<Double> value(Architecture architecture, ZeroCostProxy proxy) {
    if (proxy.needsWeights()) {
      return Objects.requireNonNull(values.get(new Key(architecture.id(), proxy)));
    }
    return CompletableFuture.completedFuture(
        costModel.costs(architecture).getOrDefault(proxy.token(), Double.NaN));
  }

  /** Runs on the evaluator's thread; what did not come out is kept too, so that it stays so. */
  private Map<ZeroCostProxy, Double> keep(
      Architecture architecture, Set<ZeroCostProxy> proxies, ProxyAnswer computed) {
    Map<ZeroCostProxy, Double> all = new EnumMap<>(ZeroCostProxy.class);
    proxies.forEach(proxy -> all.put(proxy, computed.values().getOrDefault(proxy, Double.NaN)));
    record.put(architecture, all, computed.lost());
    return all;
  }

  private static Map<ZeroCostProxy, Double> numbers(
      Map<ZeroCostProxy, CompletableFuture<Double>> futures) {
    Map<ZeroCostProxy, Double> numbers = new EnumMap<>(ZeroCostProxy.class);
    futures.forEach(
        (proxy, future) -> {
          double value = future.join();
          if (!Double.isNaN(value)) {
            numbers.put(proxy, value);
          }
        });
    return numbers;
  }

  private record Key(ArchitectureId architecture, ZeroCostProxy proxy) {}
}
