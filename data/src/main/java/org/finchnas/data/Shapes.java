package org.finchnas.data;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.finchnas.data.Paint.Colour;

/**
 * Finch's own pictures: one of ten figures, of any colour, place, size, turn and texture, before
 * and behind clutter, under noise; 32 x 32 pixels. Picture i depends on the seed and i alone, so a
 * smaller set is the beginning of a larger one, and every machine paints the same bytes.
 */
final class Shapes {

  static final int SIDE = 32;
  static final int TRAIN = 10_000;
  static final int TEST = 2_000;

  /** Raise it whenever any pixel changes: kept images of the old ones must not be taken. */
  static final int VERSION = 7;

  /** The classes, in the order of their labels. */
  enum Figure {
    CIRCLE,
    RING,
    CRESCENT,
    TRIANGLE,
    SQUARE,
    PENTAGON,
    HEXAGON,
    STAR,
    CROSS,
    ARROW
  }

  private final long seed;
  private final ShapeDifficulty difficulty;

  Shapes(long seed, ShapeDifficulty difficulty) {
    this.seed = seed;
    this.difficulty = difficulty;
  }

  static List<String> labels() {
    return Arrays.stream(Figure.values()).map(f -> f.name().toLowerCase(Locale.ROOT)).toList();
  }

  DataSet dataSet(int train, int test) {
    return DataSet.of("shapes", labels(), images(0, train), images(1, test), List.of());
  }

  /** The first pictures of a stream; streams share no picture. */
  ImageSet images(long stream, int count) {
    int bytes = 3 * SIDE * SIDE;
    byte[] pixels = new byte[count * bytes];
    IntStream.range(0, count)
        .parallel()
        .forEach(
            i -> paint(SplitMix.of(seed, stream, i), Figure.values()[label(i)], pixels, i * bytes));
    int[] labels = IntStream.range(0, count).map(Shapes::label).toArray();
    return ImageSet.of(pixels, labels, 3, SIDE, SIDE);
  }

  /** Every ten pictures hold every figure once: any beginning of the set is balanced. */
  private static int label(int image) {
    return image % Figure.values().length;
  }

  private void paint(SplitMix random, Figure figure, byte[] target, int offset) {
    double hardness = StrictMath.pow(random.next(), difficulty.skew());
    double texture = difficulty.texture() * hardness;
    Colour[] colours = colours(hardness, random);
    Canvas canvas = new Canvas(SIDE);
    canvas.fillAll(Paint.textured(colours[0], texture, random));
    clutter(canvas, colours[1], hardness, random);
    canvas.fill(
        place(outline(figure, random), hardness, random),
        Paint.textured(colours[1], texture, random));
    for (int i = ShapeDifficulty.count(difficulty.occluders(), hardness, random); i > 0; i--) {
      canvas.fill(bar(random), Paint.flat(Colour.any(random)));
    }
    canvas.develop(difficulty.noise() * hardness, random, target, offset);
  }

  /** Of the ground and of the figure. */
  private Colour[] colours(double hardness, SplitMix random) {
    Colour ground = Colour.any(random);
    Colour figure = Colour.any(random);
    while (figure.distance(ground) < difficulty.contrast(hardness)) {
      ground = Colour.any(random);
      figure = Colour.any(random);
    }
    boolean swapped =
        random.chance(difficulty.darker()) != figure.brightness() < ground.brightness();
    return swapped ? new Colour[] {figure, ground} : new Colour[] {ground, figure};
  }

  private Outline place(Outline outline, double hardness, SplitMix random) {
    double radius = random.between(difficulty.minRadius(), difficulty.maxRadius());
    double room = Math.max(0, SIDE / 2.0 - 0.85 * radius);
    return outline
        .jittered(difficulty.jitter() * hardness, random)
        .placed(
            SIDE / 2.0 + random.between(-room, room),
            SIDE / 2.0 + random.between(-room, room),
            radius,
            random.between(difficulty.minSqueeze(), 1),
            random.between(0, 2 * StrictMath.PI));
  }

  private void clutter(Canvas canvas, Colour figure, double hardness, SplitMix random) {
    for (int i = ShapeDifficulty.count(difficulty.clutter(), hardness, random); i > 0; i--) {
      Colour colour = random.chance(0.3) ? figure.near(30, random) : Colour.any(random);
      canvas.fill(random.chance(0.4) ? bar(random) : crumb(random), Paint.flat(colour));
    }
  }

  private static Outline bar(SplitMix random) {
    return Outline.bar(
        random.between(0, SIDE),
        random.between(0, SIDE),
        random.between(0, SIDE),
        random.between(0, SIDE),
        random.between(0.6, 1.8));
  }

  private static Outline crumb(SplitMix random) {
    return Outline.polygon(3 + random.below(4))
        .jittered(0.3, random)
        .placed(
            random.between(0, SIDE),
            random.between(0, SIDE),
            random.between(1.2, 4.2),
            random.between(0.4, 1),
            random.between(0, 2 * StrictMath.PI));
  }

  private static Outline outline(Figure figure, SplitMix random) {
    return switch (figure) {
      case CIRCLE -> Outline.circle();
      case RING -> Outline.ring(random.between(0.4, 0.62));
      case CRESCENT -> Outline.crescent(random.between(-0.1, 0.45));
      case TRIANGLE -> Outline.polygon(3);
      case SQUARE -> Outline.polygon(4);
      case PENTAGON -> Outline.polygon(5);
      case HEXAGON -> Outline.polygon(6);
      case STAR -> Outline.star(5, random.between(0.4, 0.55));
      case CROSS -> Outline.cross(random.between(0.25, 0.4));
      case ARROW -> Outline.arrow(random.between(0.2, 0.35), random.between(-0.05, 0.25));
    };
  }
}
