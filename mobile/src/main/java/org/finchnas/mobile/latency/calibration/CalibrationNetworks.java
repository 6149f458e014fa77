package org.finchnas.mobile.latency.calibration;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.finchnas.searchspace.CellSearchSpace;
import org.finchnas.searchspace.OperationSet;
import org.finchnas.searchspace.Stem;
import org.finchnas.searchspace.network.ActivationFunction;
import org.finchnas.searchspace.network.Network;
import org.finchnas.searchspace.network.Shape;

/** Networks whose latencies tell what each kind of kernel takes. */
public final class CalibrationNetworks {

  private static final int CLASSES = 10;
  private static final int[] SIZES = {16, 24, 32, 48, 64};

  private CalibrationNetworks() {}

  /** The 24 of a kit for a phone: every kind of kernel, most in two sizes. */
  public static List<Network> kit() {
    return List.of(
        Probe.pointwise(16, 64),
        Probe.pointwise(64, 32),
        Probe.pointwise(256, 14),
        Probe.pointwise(512, 7),
        Probe.convolution(16, 32, 3, 1),
        Probe.convolution(64, 28, 3, 1),
        Probe.convolution(128, 14, 3, 1),
        Probe.convolution(32, 56, 3, 2),
        Probe.grouped(48, 28, 3),
        Probe.grouped(240, 14, 4),
        Probe.depthwise(32, 56, 3),
        Probe.depthwise(144, 28, 3),
        Probe.depthwise(240, 14, 5),
        Probe.depthwise(480, 7, 3),
        Probe.depthwise(32, 28, 7),
        Probe.dense(1024),
        Probe.pool(64, 28, true),
        Probe.pool(64, 28, false),
        Probe.sum(64, 28),
        Probe.activation(64, 28, ActivationFunction.HARD_SWISH),
        Probe.activation(64, 28, ActivationFunction.SWISH),
        Probe.concat(64, 28),
        Probe.shift(64, 28),
        Probe.shuffle(96, 28));
  }

  /** More sizes of the same, for a machine that can be timed at will. */
  public static List<Network> probes() {
    List<Network> probes = new ArrayList<>(kit());
    for (int[] size : new int[][] {{8, 32}, {24, 32}, {32, 16}, {48, 24}, {96, 8}, {192, 8}}) {
      probes.add(Probe.pointwise(size[0], size[1]));
      probes.add(Probe.convolution(size[0], size[1], 3, 1));
      probes.add(Probe.depthwise(size[0], size[1], 3));
      probes.add(Probe.depthwise(size[0], size[1], 5));
      probes.add(Probe.depthwise(size[0], size[1], 7));
      probes.add(Probe.pool(size[0], size[1], true));
      probes.add(Probe.pool(size[0], size[1], false));
      probes.add(Probe.sum(size[0], size[1]));
      probes.add(Probe.concat(size[0], size[1]));
      probes.add(Probe.activation(size[0], size[1], ActivationFunction.LEAKY_RELU));
    }
    return List.copyOf(probes);
  }

  /**
   * Architectures drawn at random from three sets of operations, at several widths, depths and
   * image sizes.
   *
   * @param seed decides them
   */
  public static List<Network> sampled(int count, long seed) {
    List<OperationSet> sets =
        List.of(OperationSet.NASNET, OperationSet.AMOEBANET, OperationSet.MOBILE);
    SplittableRandom random = new SplittableRandom(seed);
    List<Network> networks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int size = SIZES[i % SIZES.length];
      CellSearchSpace space =
          new CellSearchSpace(
              sets.get(random.nextInt(sets.size())).operations(),
              random.nextInt(2, 6),
              List.of(1, 2),
              List.of(8, 16, 24, 32),
              List.of(ActivationFunction.RELU, ActivationFunction.HARD_SWISH),
              List.of(false, true),
              Stem.CIFAR,
              size);
      networks.add(space.sample(random).assemble(new Shape(3, size, size), CLASSES));
    }
    return List.copyOf(networks);
  }
}
