package org.finchnas.evaluation;

import java.util.EnumSet;
import java.util.Set;

/**
 * A number known before training that is hoped to rank architectures as training would: the larger,
 * the better. "Zero-cost" as in Abdelfattah et al., "Zero-Cost Proxies for Lightweight NAS", arXiv
 * 2101.08134: about as much work as a training step, or none.
 */
public enum ZeroCostProxy {
  /** Trainable parameters. */
  PARAMS("params"),

  /** Multiply-accumulates for one image. */
  MACS("macs"),

  /**
   * The Euclidean norms of the gradients of the convolution and dense weights, summed over the
   * layers, after one batch (Abdelfattah et al., section 3).
   */
  GRADIENT_NORM("gradientNorm"),

  /**
   * The natural logarithm of the synaptic flow of all convolution and dense weights (Tanaka et al.,
   * arXiv 2006.05467).
   */
  SYNFLOW("synflow"),

  /**
   * How differently the images of a batch switch the rectifiers on and off: log-determinant of the
   * kernel of their codes (Mellor et al., arXiv 2006.04647). Minus infinity if two images have one
   * code, or the network has no rectifiers.
   */
  NASWOT("naswot");

  private final String token;

  ZeroCostProxy(String token) {
    this.token = token;
  }

  /** How it is written in configurations, logs and answers: {@code gradientNorm}. */
  public String token() {
    return token;
  }

  /** Whether it takes a network with weights, and not just counting. */
  public boolean needsWeights() {
    return switch (this) {
      case PARAMS, MACS -> false;
      case GRADIENT_NORM, SYNFLOW, NASWOT -> true;
    };
  }

  /** Those of a set that take a network with weights. */
  public static Set<ZeroCostProxy> needingWeights(Set<ZeroCostProxy> proxies) {
    EnumSet<ZeroCostProxy> needing = EnumSet.noneOf(ZeroCostProxy.class);
    proxies.stream().filter(ZeroCostProxy::needsWeights).forEach(needing::add);
    return needing;
  }

  @Override
  public String toString() {
    return token;
  }
}
