package org.finchnas.coordinator;

import java.util.Map;
import org.finchnas.evaluation.ZeroCostProxy;
import org.finchnas.searchspace.Architecture;
import org.finchnas.searchspace.ArchitectureId;

/**
 * The zero-cost proxies computed in a run, also of architectures that were not trained for them: a
 * resumed search must choose as it did before, whatever a machine does. Used by several threads.
 */
public interface ProxyRecord {

  /** What was computed of an architecture; NaN where nothing came out. */
  Map<ZeroCostProxy, Double> find(ArchitectureId id);

  /**
   * Adds values; they are durable when this returns.
   *
   * @param lost whether nothing came out because of a machine
   * @throws java.io.UncheckedIOException if they cannot be written
   */
  void put(Architecture architecture, Map<ZeroCostProxy, Double> values, boolean lost);
}
