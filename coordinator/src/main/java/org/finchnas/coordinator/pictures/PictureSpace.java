package org.finchnas.coordinator.pictures;

import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.finchnas.coordinator.config.SpaceConfig;
import org.finchnas.evaluation.TrainingMemory;
import org.finchnas.searchspace.Architecture;
import org.finchnas.searchspace.CellSearchSpace;
import org.finchnas.searchspace.OperationSet;
import org.finchnas.searchspace.Stem;
import org.finchnas.searchspace.network.ActivationFunction;
import org.finchnas.searchspace.network.Network;
import org.finchnas.searchspace.network.Shape;

/**
 * Cells of the building blocks of phone networks, and what they cost in a resolution: a sample
 * stands for all.
 */
public final class PictureSpace {

  /** The space, whatever the resolution. */
  public static final SpaceConfig CONFIG =
      new SpaceConfig(
          OperationSet.MOBILE.operations(),
          3,
          List.of(1),
          List.of(4, 8),
          List.of(ActivationFunction.RELU6, ActivationFunction.HARD_SWISH),
          List.of(false, true),
          Stem.CIFAR);

  private static final int CHANNELS = 3;
  private static final int SAMPLE = 11;
  private static final long SEED = 1;

  private final List<Architecture> architectures;
  private final List<Network> networks;

  private PictureSpace(List<Architecture> architectures, List<Network> networks) {
    this.architectures = architectures;
    this.networks = networks;
  }

  /** Of networks for square pictures of so many pixels a side. */
  public static PictureSpace of(int size, int classes) {
    CellSearchSpace space = CONFIG.forImages(size);
    SplittableRandom random = new SplittableRandom(SEED);
    Shape image = new Shape(CHANNELS, size, size);
    List<Architecture> architectures =
        IntStream.range(0, SAMPLE).mapToObj(i -> space.sample(random)).toList();
    return new PictureSpace(
        architectures, architectures.stream().map(each -> each.assemble(image, classes)).toList());
  }

  /** Multiply-accumulates for an image, of the network in the middle. */
  public double medianMacs() {
    return networks.get(middle()).macs();
  }

  /** The network in the middle. */
  public Architecture median() {
    return architectures.get(middle());
  }

  private int middle() {
    return IntStream.range(0, SAMPLE)
        .boxed()
        .sorted(Comparator.comparingLong(i -> networks.get(i).macs()))
        .toList()
        .get(SAMPLE / 2);
  }

  /** The largest of some batch sizes at which nine of ten can be trained in so many bytes. */
  public int batch(List<Integer> descending, long bytes) {
    return descending.stream()
        .filter(batch -> share(batch, bytes) >= 0.9)
        .findFirst()
        .orElse(descending.get(descending.size() - 1));
  }

  private double share(int batch, long bytes) {
    return (double)
            networks.stream()
                .filter(network -> TrainingMemory.bytes(network, batch) <= bytes)
                .count()
        / SAMPLE;
  }
}
