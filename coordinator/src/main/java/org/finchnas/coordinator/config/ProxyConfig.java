package org.finchnas.coordinator.config;

import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.finchnas.evaluation.ZeroCostProxy;
import org.jspecify.annotations.Nullable;

/**
 * What is computed of architectures before they are trained.
 *
 * @param record of every candidate, beside params and macs, which always are; default none
 * @param rankBy what chooses among children; null (the default) trains every child that is bred
 * @param batch how many children are bred for one that is trained; default 8, without effect unless
 *     they are ranked
 */
public record ProxyConfig(Set<ZeroCostProxy> record, @Nullable ZeroCostProxy rankBy, int batch) {

  public static final ProxyConfig DEFAULT = new ProxyConfig(Set.of(), null, 8);

  private static final String NONE = "none";

  public ProxyConfig {
    EnumSet<ZeroCostProxy> ordered = EnumSet.noneOf(ZeroCostProxy.class);
    ordered.addAll(record);
    record = Collections.unmodifiableSet(ordered);
    if (batch < 1) {
      throw new IllegalArgumentException(
          "batch (%d) must be at least 1, to choose among.".formatted(batch));
    }
  }

  static ProxyConfig read(Section section) {
    Set<ZeroCostProxy> record =
        section.read("record", List.of(), ValueRule.anyListOf(proxy())).stream()
            .flatMap(Optional::stream)
            .collect(Collectors.toUnmodifiableSet());
    Optional<ZeroCostProxy> rankBy = section.read("rankBy", Optional.empty(), proxy());
    int batch = section.read("batch", DEFAULT.batch, ValueRule.integer(1));
    if (rankBy.isPresent() && batch == 1) {
      section.report(
          "batch",
          "(1) must be at least 2 for proxies.rankBy (%s) to choose among.".formatted(word(rankBy)),
          "Maybe leave it out: the default is %d.".formatted(DEFAULT.batch));
    }
    return section.finish(() -> new ProxyConfig(record, rankBy.orElse(null), batch), DEFAULT);
  }

  /** One by its name, or none. */
  private static ValueRule<Optional<ZeroCostProxy>> proxy() {
    Map<String, Optional<ZeroCostProxy>> byWord = new LinkedHashMap<>();
    byWord.put(NONE, Optional.empty());
    for (ZeroCostProxy proxy : ZeroCostProxy.values()) {
      byWord.put(proxy.token(), Optional.of(proxy));
    }
    return ValueRule.oneOf(byWord, ProxyConfig::word);
  }

  private static String word(Optional<ZeroCostProxy> proxy) {
    return proxy.map(ZeroCostProxy::token).orElse(NONE);
  }

  /** Whether any is recorded or ranks children. */
  public boolean areUsed() {
    return !record.isEmpty() || rankBy != null;
  }

  /** Those that take a network with weights: recorded, or what children are ranked by. */
  public Set<ZeroCostProxy> recorded() {
    EnumSet<ZeroCostProxy> all = EnumSet.noneOf(ZeroCostProxy.class);
    all.addAll(record);
    if (rankBy != null) {
      all.add(rankBy);
    }
    return ZeroCostProxy.needingWeights(all);
  }

  Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("record", record.stream().map(ZeroCostProxy::token).toList());
    settings.put("rankBy", word(Optional.ofNullable(rankBy)));
    settings.put("batch", batch);
    return settings;
  }

  /** With the word that once stood for no proxies: the digests of older runs stay the same. */
  Map<String, Object> decidingSettings() {
    Map<String, Object> settings = settings();
    if (record.isEmpty()) {
      settings.put("record", List.of(NONE));
    }
    return settings;
  }
}
