package org.finchnas.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.finchnas.data.Paint.Colour;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CanvasTest {

  private static final int SIDE = 32;

  /** Areas of the textbook: what is painted white on black must have them. */
  @ParameterizedTest
  @CsvSource({"3, 1.2990", "4, 2", "5, 2.3776", "6, 2.5981", "32, 3.1214"})
  void aRegularPolygonCoversItsArea(int corners, double area) {
    Outline outline = Outline.polygon(corners).placed(15.3, 16.8, 12, 1, 0.4);
    assertThat(painted(outline)).isCloseTo(area * 144, within(1.5));
  }

  @ParameterizedTest
  @CsvSource({"0.5, 9", "0.6, 12", "0.4, 13"})
  void aRingLeavesItsHoleOpen(double hole, double radius) {
    Outline ring = Outline.ring(hole).placed(16, 16, radius, 1, 1.1);
    assertThat(painted(ring)).isCloseTo(3.1214 * radius * radius * (1 - hole * hole), within(1.5));
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "32, 16", "-3, 40"})
  void whatLiesOutsideIsCutOff(double x, double y) {
    double area = painted(Outline.polygon(4).placed(x, y, 20, 1, StrictMath.PI / 4));
    double half = 20 / Math.sqrt(2);
    double width = Math.min(SIDE, x + half) - Math.max(0, x - half);
    double height = Math.min(SIDE, y + half) - Math.max(0, y - half);
    assertThat(area).isCloseTo(width * height, within(4.0));
  }

  private static double painted(Outline outline) {
    Canvas canvas = new Canvas(SIDE);
    canvas.fill(outline, Paint.flat(new Colour(255, 255, 255)));
    byte[] pixels = new byte[3 * SIDE * SIDE];
    canvas.develop(0, new SplitMix(1), pixels, 0);
    double sum = 0;
    for (int i = 0; i < SIDE * SIDE; i++) {
      sum += pixels[i] & 0xff;
    }
    return sum / 255;
  }
}
