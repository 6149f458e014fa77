package org.finchnas.searchspace.network;

import java.util.List;

/**
 * How pixels in 0…255 become what a network reads: {@code (pixel - mean) / deviation}, for each
 * channel.
 */
public record Normalization(List<Float> mean, List<Float> deviation) {

  public Normalization {
    mean = List.copyOf(mean);
    deviation = List.copyOf(deviation);
    if (mean.size() != deviation.size() || deviation.stream().anyMatch(d -> !(d > 0))) {
      throw new IllegalArgumentException(
          "Each channel needs a mean and a deviation above 0, but they are %s and %s."
              .formatted(mean, deviation));
    }
  }
}
