package org.finchnas.mobile.latency.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.finchnas.mobile.latency.kernel.Kernel;
import org.finchnas.mobile.latency.kernel.KernelForm;
import org.finchnas.mobile.latency.kernel.KernelKind;
import org.finchnas.mobile.latency.kernel.Kernels;
import org.finchnas.mobile.latency.kernel.Tile;
import org.finchnas.mobile.latency.profile.KernelCosts;
import org.finchnas.mobile.latency.profile.LatencyRuntime;
import org.finchnas.searchspace.Blueprint;
import org.finchnas.searchspace.network.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CostFitTest {

  private static final CostFit FIT = new CostFit(LatencyRuntime.NCNN, Tile.ONE, 1e-6);

  private static final List<String> NAMES =
      List.of(
          "mobilenet-v1",
          "mobilenet-v2",
          "mobilenet-v2@0.5",
          "resnet-18",
          "squeezenet-1.1",
          "shufflenet-g3",
          "shufflenet-g8",
          "mnasnet-a1",
          "inception-v1",
          "densenet-121");

  private static List<Kernel> kernels(String name, int size) {
    return Kernels.of(
        new Blueprint(name, new Shape(3, size, size), 100).assemble(), KernelForm.NETWORK);
  }

  /** Prices as no roofline would have them. */
  private static KernelCosts device(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] prices = Prices.of(Prices.expected(LatencyRuntime.NCNN));
    for (int i = 0; i < prices.length; i++) {
      prices[i] *= Math.exp(random.nextDouble(-1, 1));
    }
    return Prices.costs(prices, Tile.ONE);
  }

  private static List<Timing> timings(KernelCosts device, int... sizes) {
    List<Timing> timings = new ArrayList<>();
    for (String name : NAMES) {
      for (int size : sizes) {
        List<Kernel> kernels = kernels(name, size);
        timings.add(new Timing(name, kernels, device.millis(kernels)));
      }
    }
    return timings;
  }

  /** A made-up device is the oracle: it is foretold at a size that it was not timed at. */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void foretellsTheDeviceThatTimingsCameFrom(long seed) {
    KernelCosts device = device(seed);
    KernelCosts fitted = FIT.fit(timings(device, 64, 96, 160, 224));
    for (String name : NAMES) {
      List<Kernel> unseen = kernels(name, 128);
      assertThat(fitted.millis(unseen) / device.millis(unseen)).isCloseTo(1, within(0.02));
    }
  }

  @Test
  void aFasterDeviceHasLowerPrices() {
    KernelCosts device = device(4);
    List<Timing> slow = timings(device, 64, 128);
    KernelCosts fitted = FIT.fit(slow);
    KernelCosts faster = FIT.fit(slow.stream().map(timing -> timing.faster(3)).toList());
    List<Kernel> kernels = kernels("resnet-18", 96);
    assertThat(fitted.millis(kernels) / faster.millis(kernels)).isCloseTo(3, within(0.01));
  }

  @Test
  void whatNoTimingHasStaysInProportion() {
    KernelCosts expected = Prices.expected(LatencyRuntime.NCNN);
    List<Timing> timings = List.of(new Timing("v1", kernels("mobilenet-v1", 64), 7));
    KernelCosts fitted = FIT.fit(timings);
    assertThat(Timing.unseen(timings)).contains(KernelKind.GROUPED, KernelKind.SHUFFLE);
    double factor = ratio(fitted, expected, KernelKind.GROUPED);
    assertThat(ratio(fitted, expected, KernelKind.SHUFFLE)).isCloseTo(factor, within(1e-9));
    assertThat(factor).isPositive();
  }

  private static double ratio(KernelCosts fitted, KernelCosts expected, KernelKind kind) {
    Kernel kernel = new Kernel("k", kind, 64, 32, 8, 4, 2048, 256);
    return fitted.millis(kernel) / expected.millis(kernel);
  }

  /** Two devices that differ in nothing but their speed have one shape. */
  @Test
  void aSharedShapeIsThatOfEveryDevice() {
    KernelCosts device = device(5);
    List<Timing> fast = timings(device, 64, 96, 160);
    List<Timing> slow = fast.stream().map(timing -> timing.faster(0.1)).toList();
    KernelCosts shape = SharedShape.of(List.of(fast, slow), FIT);
    double small = shape.millis(kernels("mobilenet-v2", 128));
    double large = shape.millis(kernels("resnet-18", 128));
    assertThat(large / small)
        .isCloseTo(
            device.millis(kernels("resnet-18", 128)) / device.millis(kernels("mobilenet-v2", 128)),
            within(0.2));
  }

  @Test
  void needsTimings() {
    assertThatThrownBy(() -> FIT.fit(List.of())).hasMessageContaining("No timings");
    assertThatThrownBy(() -> new Timing("x", kernels("mobilenet-v2", 64), 0))
        .hasMessageContaining("0.0 ms");
  }

  @Test
  void anErrorIsThatOfANetworkThatWasLeftOut() {
    List<Timing> timings = timings(device(6), 64, 96);
    Set<String> asked = new HashSet<>();
    List<Double> errors =
        LeaveOneOut.errors(
            timings,
            (network, left) -> {
              asked.add(network);
              assertThat(left)
                  .hasSize(timings.size() - 2)
                  .noneMatch(t -> t.network().equals(network));
              return timing -> 2 * timing.millis();
            });
    assertThat(asked).containsExactlyInAnyOrderElementsOf(NAMES);
    assertThat(errors).hasSameSizeAs(timings).allMatch(error -> Math.abs(error - 1) < 1e-12);
    assertThat(LeaveOneOut.error(1, 2)).isEqualTo(LeaveOneOut.error(2, 1));
  }

  @Test
  void macsAloneFindsALine() {
    List<Timing> timings =
        NAMES.stream()
            .map(name -> kernels(name, 64))
            .map(kernels -> new Timing("x", kernels, 3 + new Timing("x", kernels, 1).macs() * 1e-6))
            .toList();
    MacsAlone line = MacsAlone.of(timings);
    assertThat(line.constant()).isCloseTo(3, within(0.01));
    assertThat(line.millisPerMac()).isCloseTo(1e-6, within(1e-8));
  }
}
