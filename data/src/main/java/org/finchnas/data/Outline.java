package org.finchnas.data;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The edge of a figure: closed loops of points x0, y0, x1, y1, … What lies inside an odd number of
 * loops belongs to the figure. Sines come from {@link StrictMath}, so every machine gets the same.
 */
final class Outline {

  private static final int ROUND = 32;

  private final List<double[]> loops;

  private Outline(List<double[]> loops) {
    this.loops = loops;
  }

  List<double[]> loops() {
    return loops;
  }

  /** Regular polygon with its corners on the unit circle. */
  static Outline polygon(int corners) {
    return new Outline(List.of(circular(corners, 1, 1)));
  }

  static Outline circle() {
    return polygon(ROUND);
  }

  /** Unit circle with a hole. */
  static Outline ring(double hole) {
    return new Outline(List.of(circular(ROUND, 1, 1), circular(ROUND, hole, hole)));
  }

  /** Corners alternate between the unit circle and an inner one. */
  static Outline star(int points, double inner) {
    return new Outline(List.of(circular(2 * points, 1, inner)));
  }

  /** Half a unit disc whose straight side is bent by {@code bend}: positive hollows it out. */
  static Outline crescent(double bend) {
    int half = ROUND / 2;
    double[] points = new double[4 * half];
    for (int i = 0; i < half; i++) {
      double angle = StrictMath.PI * ((double) i / (half - 1) - 0.5);
      int back = 4 * half - 2 - 2 * i;
      points[2 * i] = StrictMath.cos(angle) - 0.35;
      points[2 * i + 1] = StrictMath.sin(angle);
      points[back] = bend * StrictMath.cos(angle) - 0.35;
      points[back + 1] = points[2 * i + 1];
    }
    return new Outline(List.of(points));
  }

  /** A plus sign. */
  static Outline cross(double arm) {
    return new Outline(
        List.of(
            new double[] {
              arm, 1, arm, arm, 1, arm, 1, -arm, arm, -arm, arm, -1, -arm, -1, -arm, -arm, -1, -arm,
              -1, arm, -arm, arm, -arm, 1
            }));
  }

  static Outline arrow(double shaft, double neck) {
    return new Outline(
        List.of(
            new double[] {
              0, 1, 0.75, neck, shaft, neck, shaft, -1, -shaft, -1, -shaft, neck, -0.75, neck
            }));
  }

  /** A bar from one point to another. */
  static Outline bar(double x0, double y0, double x1, double y1, double thickness) {
    double dx = x1 - x0;
    double dy = y1 - y0;
    double scale = thickness / (2 * Math.sqrt(dx * dx + dy * dy + 1e-9));
    double nx = -dy * scale;
    double ny = dx * scale;
    return new Outline(
        List.of(
            new double[] {x0 + nx, y0 + ny, x1 + nx, y1 + ny, x1 - nx, y1 - ny, x0 - nx, y0 - ny}));
  }

  /** Corners moved at random, each coordinate by at most {@code amount}. */
  Outline jittered(double amount, SplitMix random) {
    return new Outline(
        loops.stream()
            .map(
                loop ->
                    IntStream.range(0, loop.length)
                        .mapToDouble(i -> loop[i] + random.between(-amount, amount))
                        .toArray())
            .toList());
  }

  /** Squeezed along y, then turned, scaled and moved. */
  Outline placed(double x, double y, double radius, double squeeze, double angle) {
    double sin = StrictMath.sin(angle) * radius;
    double cos = StrictMath.cos(angle) * radius;
    return new Outline(
        loops.stream()
            .map(
                loop -> {
                  double[] moved = new double[loop.length];
                  for (int i = 0; i < loop.length; i += 2) {
                    double py = loop[i + 1] * squeeze;
                    moved[i] = x + loop[i] * cos - py * sin;
                    moved[i + 1] = y + loop[i] * sin + py * cos;
                  }
                  return moved;
                })
            .toList());
  }

  private static double[] circular(int corners, double even, double odd) {
    double[] points = new double[2 * corners];
    for (int i = 0; i < corners; i++) {
      double radius = i % 2 == 0 ? even : odd;
      double angle = 2 * StrictMath.PI * i / corners;
      points[2 * i] = radius * StrictMath.cos(angle);
      points[2 * i + 1] = radius * StrictMath.sin(angle);
    }
    return points;
  }
}
