package org.finchnas.mobile.latency.fit;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.finchnas.mobile.latency.kernel.Feature;
import org.finchnas.mobile.latency.kernel.KernelKind;
import org.finchnas.mobile.latency.kernel.Tile;
import org.finchnas.mobile.latency.profile.KernelCosts;
import org.finchnas.mobile.latency.profile.LatencyRuntime;

/** The prices of {@link KernelCosts} as the unknowns of a fit: nanoseconds in a fixed order. */
final class Prices {

  /** One feature of a kind of kernel. */
  record Price(KernelKind kind, Feature feature) {

    /**
     * Nanoseconds where a multiply-accumulate takes 1 and all else in proportion, as expected where
     * no timing says more: a value moved takes as long as 4 of them, a weight as 2, a kernel as 20
     * 000. What filters each channel on its own takes twice as long; Winograd's method (Lavin and
     * Gray, arXiv 1509.09308) makes 2.25 to 5 times fewer of a 3x3 convolution's.
     */
    double expectation(LatencyRuntime runtime) {
      return switch (feature) {
        case FIXED, GROUPS -> 20_000;
        case MACS ->
            switch (kind) {
              case DEPTHWISE, DEPTHWISE_LARGE, MAX_POOLING, AVERAGE_POOLING -> 2;
              case CONVOLUTION_3X3 -> runtime.hasWinograd() ? 0.4 : 1;
              default -> 1;
            };
        case INPUTS, OUTPUTS -> kind == KernelKind.EXPONENTIAL ? 16 : 4;
        case PLACES -> 8;
        case TAPS -> 1;
        case GATHERED -> 0.5;
        case WEIGHTS -> 2;
      };
    }
  }

  static final List<Price> ALL = all();

  /** Behind them stands what an inference takes besides its kernels. */
  static final int OVERHEAD = ALL.size();

  static final int COUNT = OVERHEAD + 1;

  private static final Map<KernelKind, List<Integer>> OF_KIND = ofKind();

  private Prices() {}

  private static List<Price> all() {
    List<Price> prices = new ArrayList<>();
    for (KernelKind kind : KernelKind.values()) {
      kind.features().forEach(feature -> prices.add(new Price(kind, feature)));
    }
    return List.copyOf(prices);
  }

  private static Map<KernelKind, List<Integer>> ofKind() {
    Map<KernelKind, List<Integer>> positions = new EnumMap<>(KernelKind.class);
    for (int j = 0; j < ALL.size(); j++) {
      positions.computeIfAbsent(ALL.get(j).kind(), kind -> new ArrayList<>()).add(j);
    }
    return positions;
  }

  /** What is expected where no timing says more, up to a factor. */
  static KernelCosts expected(LatencyRuntime runtime) {
    double[] prices = new double[COUNT];
    for (int j = 0; j < ALL.size(); j++) {
      prices[j] = ALL.get(j).expectation(runtime);
    }
    prices[OVERHEAD] = 1;
    return costs(prices, Tile.ONE);
  }

  /** The positions of a kind's prices. */
  static List<Integer> ofKind(KernelKind kind) {
    return OF_KIND.getOrDefault(kind, List.of());
  }

  static double[] of(KernelCosts costs) {
    double[] prices = new double[COUNT];
    for (int j = 0; j < ALL.size(); j++) {
      prices[j] =
          costs
              .nanos()
              .getOrDefault(ALL.get(j).kind(), Map.of())
              .getOrDefault(ALL.get(j).feature(), 0.0);
    }
    prices[OVERHEAD] = costs.overheadMicros() * 1e3;
    return prices;
  }

  static KernelCosts costs(double[] prices, Tile tile) {
    Map<KernelKind, Map<Feature, Double>> nanos = new EnumMap<>(KernelKind.class);
    for (int j = 0; j < ALL.size(); j++) {
      nanos
          .computeIfAbsent(ALL.get(j).kind(), kind -> new EnumMap<>(Feature.class))
          .put(ALL.get(j).feature(), prices[j]);
    }
    return new KernelCosts(prices[OVERHEAD] / 1e3, tile, nanos);
  }
}
