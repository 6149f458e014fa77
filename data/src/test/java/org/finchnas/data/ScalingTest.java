package org.finchnas.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScalingTest {

  @Test
  void halvingTakesTheMeanOfFour() {
    ImageSet scaled =
        scaled(new int[] {0, 10, 100, 100, 20, 30, 100, 101, 7, 7, 1, 2, 7, 7, 3, 4}, 4, 2);
    assertThat(values(scaled)).containsExactly(15, 100, 7, 3);
  }

  @Test
  void doublingIsBilinearBetweenPixelCentres() {
    assertThat(values(scaled(new int[] {0, 100, 0, 100}, 2, 4)))
        .containsExactly(0, 25, 75, 100, 0, 25, 75, 100, 0, 25, 75, 100, 0, 25, 75, 100);
  }

  @ParameterizedTest
  @CsvSource({"7, 3", "32, 20", "5, 13", "1, 4", "6, 1"})
  void agreesWithTheDefinitionInFloatingPoint(int from, int to) {
    Random random = new Random(31L * from + to);
    int[] pixels = random.ints((long) from * from, 0, 256).toArray();
    int[] scaled = values(scaled(pixels, from, to));
    for (int y = 0; y < to; y++) {
      for (int x = 0; x < to; x++) {
        double expected =
            to < from ? mean(pixels, from, to, y, x) : between(pixels, from, to, y, x);
        assertThat((double) scaled[y * to + x]).isCloseTo(expected, within(0.5000001));
      }
    }
  }

  @Test
  void theSumOfAPictureIsKeptByAreaMeans() {
    int[] pixels = new Random(8).ints(32 * 32, 0, 256).toArray();
    double before = LongStream.range(0, 1024).map(i -> pixels[(int) i]).average().orElseThrow();
    double after = LongStream.of(0).map(i -> values(scaled(pixels, 32, 1))[0]).sum();
    assertThat(after).isCloseTo(before, within(0.5));
  }

  /** Area by counting: each axis cut into fine parts that belong to one source pixel. */
  private static double mean(int[] pixels, int from, int to, int y, int x) {
    double sum = 0;
    for (int i = 0; i < from; i++) {
      for (int j = 0; j < from; j++) {
        sum += pixels[(y * from + i) / to * from + (x * from + j) / to];
      }
    }
    return sum / (from * from);
  }

  private static double between(int[] pixels, int from, int to, int y, int x) {
    double v = Math.min(from - 1, Math.max(0, (y + 0.5) * from / to - 0.5));
    double u = Math.min(from - 1, Math.max(0, (x + 0.5) * from / to - 0.5));
    int i = Math.min(from - 1, (int) v);
    int j = Math.min(from - 1, (int) u);
    int below = Math.min(from - 1, i + 1);
    int right = Math.min(from - 1, j + 1);
    double upper = pixels[i * from + j] * (1 - (u - j)) + pixels[i * from + right] * (u - j);
    double lower =
        pixels[below * from + j] * (1 - (u - j)) + pixels[below * from + right] * (u - j);
    return upper * (1 - (v - i)) + lower * (v - i);
  }

  @Test
  void whatTakesMoreThanThereIsMemoryForIsSaid() {
    assertThatThrownBy(() -> scaled(new int[64], 8, 65_536))
        .isInstanceOf(DataSetException.class)
        .hasMessageContaining("1 images of 65536 x 65536 take 4294967296 bytes")
        .hasMessageContaining("smaller");
  }

  private static ImageSet scaled(int[] values, int from, int to) {
    byte[] pixels = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      pixels[i] = (byte) values[i];
    }
    return Scaling.scaled(ImageSet.of(pixels, new int[1], 1, from, from), to);
  }

  private static int[] values(ImageSet images) {
    int[] values = new int[images.imageBytes()];
    for (int i = 0; i < values.length; i++) {
      values[i] = images.pixels().get(i) & 0xff;
    }
    return values;
  }
}
