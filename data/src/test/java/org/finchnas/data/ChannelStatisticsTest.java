package org.finchnas.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChannelStatisticsTest {

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void agreeWithTheTwoPassDefinition(long seed) {
    Random random = new Random(seed);
    byte[] pixels = new byte[20 * 3 * 5 * 7];
    random.nextBytes(pixels);
    ImageSet images = ImageSet.of(pixels, new int[20], 3, 5, 7);
    int[] chosen = {4, 19, 0, 7};
    ChannelStatistics statistics = ChannelStatistics.of(images, chosen);
    for (int c = 0; c < 3; c++) {
      int channel = c;
      double[] values =
          IntStream.of(chosen)
              .boxed()
              .flatMapToInt(
                  i -> IntStream.range(0, 35).map(p -> pixels[(i * 3 + channel) * 35 + p]))
              .mapToDouble(value -> value & 0xff)
              .toArray();
      double mean =
          IntStream.range(0, values.length).mapToDouble(i -> values[i]).average().orElseThrow();
      double variance =
          IntStream.range(0, values.length)
              .mapToDouble(i -> (values[i] - mean) * (values[i] - mean))
              .average()
              .orElseThrow();
      assertThat(statistics.mean().get(c)).isCloseTo(mean, within(1e-9));
      assertThat(statistics.deviation().get(c)).isCloseTo(Math.sqrt(variance), within(1e-9));
    }
  }

  @Test
  void standardisedBytesHaveMeanZeroAndDeviationOne() {
    byte[] pixels = {0, 10, 20, (byte) 250};
    float[] table = ChannelStatistics.of(ImageSet.of(pixels, new int[1], 1, 2, 2)).table(0);
    double sum = 0;
    double squares = 0;
    for (byte pixel : pixels) {
      sum += table[pixel & 0xff];
      squares += table[pixel & 0xff] * table[pixel & 0xff];
    }
    assertThat(sum).isCloseTo(0, within(1e-6));
    assertThat(squares / 4).isCloseTo(1, within(1e-6));
  }

  @Test
  void aChannelThatNeverChangesBecomesZeroAndNotNaN() {
    ImageSet grey = ImageSet.of(new byte[] {9, 9}, new int[2], 1, 1, 1);
    assertThat(ChannelStatistics.of(grey).table(0)[9]).isZero();
    assertThat(ChannelStatistics.of(grey).deviation()).containsExactly(0.0);
  }

  @Test
  void noImagesAreRejected() {
    ImageSet one = ImageSet.of(new byte[1], new int[1], 1, 1, 1);
    assertThatThrownBy(() -> ChannelStatistics.of(one, new int[0]))
        .hasMessageContaining("at least one image");
  }
}
