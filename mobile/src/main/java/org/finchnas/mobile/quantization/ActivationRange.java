package org.finchnas.mobile.quantization;

/** The smallest and the largest value that one tensor took; both finite. */
public record ActivationRange(float low, float high) {

  public ActivationRange {
    if (!(low <= high) || Float.isInfinite(low) || Float.isInfinite(high)) {
      throw new IllegalArgumentException(
          "A range goes from its low to its high end, not from %s to %s.".formatted(low, high));
    }
  }
}
