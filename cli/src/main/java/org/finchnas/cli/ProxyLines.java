package org.finchnas.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.finchnas.coordinator.ProxySummary;
import org.finchnas.coordinator.ToldEvaluation;
import org.finchnas.coordinator.config.SearchConfig;

/**
 * How well zero-cost proxies foretold accuracies, as people and programs see it. Nothing where the
 * configuration asks for no proxies.
 */
record ProxyLines(ProxySummary summary) {

  static ProxyLines of(List<ToldEvaluation> told, SearchConfig config) {
    return new ProxyLines(
        config.proxies().areUsed()
            ? ProxySummary.of(told, config.fidelity())
            : new ProxySummary(List.of()));
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (ProxySummary.Agreement each : summary.agreements()) {
      lines.add(
          "%s against validation accuracy: %s"
              .formatted(
                  each.proxy().token(), Quantity.kendallTau(each.kendallTau(), each.count())));
    }
    return lines;
  }

  Map<String, Object> json() {
    if (summary.agreements().isEmpty()) {
      return Map.of();
    }
    Map<String, Object> proxies = new LinkedHashMap<>();
    for (ProxySummary.Agreement each : summary.agreements()) {
      Map<String, Object> agreement = new LinkedHashMap<>();
      agreement.put("count", each.count());
      if (!Double.isNaN(each.kendallTau())) {
        agreement.put("kendallTau", each.kendallTau());
      }
      proxies.put(each.proxy().token(), agreement);
    }
    return Map.of("proxies", proxies);
  }
}
