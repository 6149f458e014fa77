package org.finchnas.worker.proxy;

import org.finchnas.worker.graph.GraphWeights;
import org.finchnas.worker.training.FirstStep;

/**
 * The Euclidean norms of the gradients of each layer's weights, summed: Abdelfattah et al.,
 * "Zero-Cost Proxies for Lightweight NAS", arXiv 2101.08134. Biases and batch normalisation do not
 * count.
 */
final class GradientNorm {

  private GradientNorm() {}

  static double of(FirstStep step) {
    step.graph().computeGradients(step.features(), step.labels());
    return GraphWeights.multipliers(step.graph()).stream()
        .mapToDouble(multiplier -> multiplier.gradients().norm2Number().doubleValue())
        .sum();
  }
}
