package org.finchnas.mobile.latency.profile;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.finchnas.mobile.latency.kernel.Feature;
import org.finchnas.mobile.latency.kernel.Kernel;
import org.finchnas.mobile.latency.kernel.KernelKind;
import org.finchnas.mobile.latency.kernel.Tile;

/**
 * Prices of a device: what one of each feature of each kind of kernel takes.
 *
 * @param overheadMicros what an inference takes besides its kernels
 * @param tile in which the device computes
 * @param nanos for each kind the nanoseconds of one of each feature; what is left out is free
 */
public record KernelCosts(
    double overheadMicros, Tile tile, Map<KernelKind, Map<Feature, Double>> nanos) {

  public KernelCosts {
    requirePrice("overheadMicros", overheadMicros);
    Map<KernelKind, Map<Feature, Double>> copy = new EnumMap<>(KernelKind.class);
    nanos.forEach(
        (kind, prices) -> {
          Map<Feature, Double> ofKind = new EnumMap<>(Feature.class);
          prices.forEach(
              (feature, price) -> {
                requirePriced(kind, feature);
                requirePrice("%s.%s".formatted(kind.token(), feature.token()), price);
                ofKind.put(feature, price);
              });
          copy.put(kind, Collections.unmodifiableMap(ofKind));
        });
    nanos = Collections.unmodifiableMap(copy);
  }

  private static void requirePriced(KernelKind kind, Feature feature) {
    if (!kind.features().contains(feature)) {
      throw new IllegalArgumentException(
          "The time of a kernel %s is not made of %s, only of %s."
              .formatted(
                  kind.token(),
                  feature.token(),
                  kind.features().stream().map(Feature::token).toList()));
    }
  }

  private static void requirePrice(String name, double price) {
    if (!(price >= 0 && price < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "%s (%s) must be a time, 0 or more.".formatted(name, price));
    }
  }

  /** What an inference of these kernels takes, in milliseconds. */
  public double millis(List<Kernel> kernels) {
    return overheadMicros / 1e3 + kernels.stream().mapToDouble(this::millis).sum();
  }

  /** What one kernel takes, in milliseconds. */
  public double millis(Kernel kernel) {
    double sum = 0;
    Map<Feature, Double> prices = nanos.getOrDefault(kernel.kind(), Map.of());
    for (Map.Entry<Feature, Double> price : prices.entrySet()) {
      sum += price.getValue() * price.getKey().of(kernel, tile);
    }
    return sum / 1e6;
  }
}
