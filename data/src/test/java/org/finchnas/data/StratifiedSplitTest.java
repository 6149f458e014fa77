package org.finchnas.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StratifiedSplitTest {

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void everyImageIsOnExactlyOneSideAndEveryClassGivesItsShare(long seed) {
    Random random = new Random(seed);
    int classes = 1 + random.nextInt(12);
    int[] labels =
        IntStream.range(0, random.nextInt(2_000)).map(i -> random.nextInt(classes)).toArray();
    double share = 0.05 + 0.9 * random.nextDouble();
    StratifiedSplit split = StratifiedSplit.of(labels, share, seed);

    assertThat(
            IntStream.concat(Arrays.stream(split.train()), Arrays.stream(split.validation()))
                .sorted())
        .containsExactlyElementsOf(IntStream.range(0, labels.length).boxed().toList());
    assertThat(split.train()).isSorted();
    assertThat(split.validation()).isSorted().hasSize((int) Math.round(labels.length * share));
    for (int c = 0; c < classes; c++) {
      assertThat(count(labels, split.validation(), c))
          .isBetween(
              (long) Math.floor(count(labels, all(labels), c) * share),
              (long) Math.ceil(count(labels, all(labels), c) * share));
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void theSeedDecides(long seed) {
    int[] labels = IntStream.range(0, 500).map(i -> i % 10).toArray();
    int[] validation = StratifiedSplit.of(labels, 0.2, seed).validation();
    assertThat(StratifiedSplit.of(labels, 0.2, seed).validation()).isEqualTo(validation);
    assertThat(StratifiedSplit.of(labels, 0.2, seed + 1).validation()).isNotEqualTo(validation);
  }

  /** Written down once: a resumed run of an older release must validate on the same images. */
  @Test
  void theSplitStaysTheSameFromReleaseToRelease() {
    int[] labels = IntStream.range(0, 40).map(i -> i % 4).toArray();
    assertThat(StratifiedSplit.of(labels, 0.2, 42).validation())
        .containsExactly(2, 12, 15, 20, 25, 27, 37, 38);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1, -0.1, 1.5, Double.NaN})
  void aShareThatLeavesOneSideEmptyIsRejected(double share) {
    assertThatThrownBy(() -> StratifiedSplit.of(new int[] {0, 1}, share, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(String.valueOf(share))
        .hasMessageContaining("above 0 and below 1");
  }

  private static int[] all(int[] labels) {
    return IntStream.range(0, labels.length).toArray();
  }

  private static long count(int[] labels, int[] images, int c) {
    return Arrays.stream(images).filter(image -> labels[image] == c).count();
  }
}
