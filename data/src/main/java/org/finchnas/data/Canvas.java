package org.finchnas.data;

import java.util.Arrays;

/**
 * A square picture of three channels that figures are painted on, edges smoothed: four lines a row,
 * exact along each line. Plain double arithmetic, so every machine paints the same.
 */
final class Canvas {

  private static final int LINES = 4;

  private final int side;
  private final double[] pixels;
  private final double[] coverage;
  private final double[] crossings = new double[128];

  Canvas(int side) {
    this.side = side;
    this.pixels = new double[3 * side * side];
    this.coverage = new double[side];
  }

  void fillAll(Paint paint) {
    Arrays.fill(coverage, 1);
    for (int row = 0; row < side; row++) {
      blend(row, paint);
    }
  }

  void fill(Outline outline, Paint paint) {
    double top = side;
    double bottom = 0;
    for (double[] loop : outline.loops()) {
      for (int i = 1; i < loop.length; i += 2) {
        top = Math.min(top, loop[i]);
        bottom = Math.max(bottom, loop[i]);
      }
    }
    for (int row = Math.max(0, (int) top); row < Math.min(side, bottom); row++) {
      Arrays.fill(coverage, 0);
      for (int line = 0; line < LINES; line++) {
        cover(outline, row + (line + 0.5) / LINES);
      }
      blend(row, paint);
    }
  }

  /** Adds noise of a deviation, part of it common to the channels, and rounds to bytes. */
  void develop(double deviation, SplitMix random, byte[] target, int offset) {
    int plane = side * side;
    double step = deviation * Math.sqrt(2); // noise() has deviation 1/2; two of them are added
    for (int i = 0; i < plane; i++) {
      double common = noise(random) * step;
      for (int channel = 0; channel < 3; channel++) {
        double value = pixels[channel * plane + i] + common + noise(random) * step;
        target[offset + channel * plane + i] = (byte) Math.max(0, Math.min(255, value + 0.5));
      }
    }
  }

  private static double noise(SplitMix random) {
    long bits = random.nextLong();
    double unit = 0x1.0p-20;
    return ((bits & 0xfffff) + (bits >>> 20 & 0xfffff) + (bits >>> 40 & 0xfffff)) * unit - 1.5;
  }

  private void cover(Outline outline, double y) {
    int count = 0;
    for (double[] loop : outline.loops()) {
      count = cross(loop, y, count);
    }
    Arrays.sort(crossings, 0, count);
    for (int i = 0; i + 1 < count; i += 2) {
      cover(Math.max(0, crossings[i]), Math.min(side, crossings[i + 1]));
    }
  }

  private int cross(double[] loop, double y, int known) {
    int count = known;
    for (int i = 0; i < loop.length; i += 2) {
      int next = (i + 2) % loop.length;
      if (loop[i + 1] > y != loop[next + 1] > y) {
        double along = (y - loop[i + 1]) / (loop[next + 1] - loop[i + 1]);
        crossings[count++] = loop[i] + along * (loop[next] - loop[i]);
      }
    }
    return count;
  }

  private void cover(double from, double to) {
    for (int x = (int) from; x < to; x++) {
      coverage[x] += (Math.min(to, x + 1) - Math.max(from, x)) / LINES;
    }
  }

  private void blend(int row, Paint paint) {
    for (int x = 0; x < side; x++) {
      if (coverage[x] > 0) {
        double share = paint.share(x, row);
        for (int channel = 0; channel < 3; channel++) {
          int at = (channel * side + row) * side + x;
          pixels[at] += coverage[x] * (paint.colour(channel, share) - pixels[at]);
        }
      }
    }
  }
}
