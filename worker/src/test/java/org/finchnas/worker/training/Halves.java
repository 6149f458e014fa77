package org.finchnas.worker.training;

import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.finchnas.data.ImageSet;
import org.finchnas.searchspace.network.ActivationFunction;
import org.finchnas.searchspace.network.Layer;
import org.finchnas.searchspace.network.Network;
import org.finchnas.searchspace.network.NetworkBuilder;
import org.finchnas.searchspace.network.Shape;
import org.finchnas.searchspace.network.Window;

/**
 * A toy: 8 x 8 images of noise, brighter in the upper, the lower or no half, and networks for it.
 */
public final class Halves {

  static final List<String> LABELS = List.of("upper", "lower", "none");
  private static final Shape SHAPE = new Shape(3, 8, 8);

  private Halves() {}

  public static TrainingImages images(int train, int held) {
    LabelledImages learned = LabelledImages.all(set(train, 1));
    return new TrainingImages(
        learned, LabelledImages.all(set(held, 2)), Standardization.of(learned), LABELS);
  }

  /** The same noise, brighter on the left, on the right, in the middle or nowhere. */
  static TrainingImages sides(int train, int held) {
    LabelledImages learned = LabelledImages.all(sides(train, 3L));
    return new TrainingImages(
        learned,
        LabelledImages.all(sides(held, 4L)),
        Standardization.of(learned),
        List.of("left", "right", "middle", "nowhere"));
  }

  private static ImageSet sides(int count, long seed) {
    RandomGenerator random = new SplittableRandom(seed);
    byte[] pixels = new byte[count * 3 * 64];
    int[] labels = new int[count];
    for (int image = 0; image < count; image++) {
      labels[image] = random.nextInt(4);
      for (int i = 0; i < 3 * 64; i++) {
        int side = i % 8 < 3 ? 0 : i % 8 > 4 ? 1 : 2;
        boolean bright = labels[image] == side;
        pixels[image * 3 * 64 + i] = (byte) (random.nextInt(120) + (bright ? 60 : 0));
      }
    }
    return ImageSet.of(pixels, labels, 3, 8, 8);
  }

  private static ImageSet set(int count, long seed) {
    RandomGenerator random = new SplittableRandom(seed);
    byte[] pixels = new byte[count * 3 * 64];
    int[] labels = new int[count];
    for (int image = 0; image < count; image++) {
      labels[image] = random.nextInt(3);
      for (int i = 0; i < 3 * 64; i++) {
        boolean bright = labels[image] == (i % 64 < 32 ? 0 : 1);
        pixels[image * 3 * 64 + i] = (byte) (random.nextInt(120) + (bright ? 60 : 0));
      }
    }
    return ImageSet.of(pixels, labels, 3, 8, 8);
  }

  /** A convolution, a residual branch with drop-path, a classifier: every kind of randomness. */
  public static Network network() {
    return network(3);
  }

  static Network network(int classes) {
    NetworkBuilder builder = new NetworkBuilder("toy", SHAPE);
    int stem = unit(builder, "stem", 0);
    int branch = unit(builder, "branch", stem);
    int dropped = builder.add("branch/drop", new Layer.DropPath(1), branch);
    int sum = builder.add("sum", new Layer.Add(), stem, dropped);
    return builder.build(builder.add("classifier", new Layer.Dense(classes, true), sum));
  }

  private static int unit(NetworkBuilder builder, String name, int input) {
    Window window = Window.same(builder.shape(input), 3, 1, 1);
    int conv = builder.add(name + "/conv", new Layer.Convolution(6, window, 1, false), input);
    int norm = builder.add(name + "/norm", new Layer.BatchNorm(1e-5, 0.9), conv);
    return builder.add(name + "/relu", new Layer.Activation(ActivationFunction.RELU), norm);
  }
}
