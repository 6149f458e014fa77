package org.finchnas.evaluation;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.finchnas.searchspace.Architecture;

/**
 * A question about an untrained network.
 *
 * @param fidelity decides the shape of its images
 * @param seed decides its first weights and which images it is shown
 * @param proxies at least one
 */
public record ProxyRequest(
    Architecture architecture, Fidelity fidelity, long seed, Set<ZeroCostProxy> proxies) {

  public ProxyRequest {
    if (proxies.isEmpty()) {
      throw new IllegalArgumentException("A request needs at least one proxy.");
    }
    proxies = Collections.unmodifiableSet(EnumSet.copyOf(proxies));
  }
}
