package org.finchnas.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StratifiedFoldsTest {

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void everyImageIsInExactlyOnePartAndEveryClassIsSpread(long seed) {
    Random random = new Random(seed);
    int classes = 1 + random.nextInt(12);
    int count = 2 + random.nextInt(8);
    int[] labels =
        IntStream.range(0, count + random.nextInt(500)).map(i -> random.nextInt(classes)).toArray();
    StratifiedFolds folds = StratifiedFolds.of(labels, count, seed);

    assertThat(folds.count()).isEqualTo(count);
    int[] seen = new int[labels.length];
    for (int part = 0; part < count; part++) {
      int[] within = folds.within(part);
      Arrays.stream(within).forEach(image -> seen[image]++);
      assertThat(within.length).isBetween(labels.length / count, labels.length / count + 1);
      assertThat(IntStream.concat(Arrays.stream(within), Arrays.stream(folds.without(part))))
          .containsExactlyInAnyOrderElementsOf(IntStream.range(0, labels.length).boxed().toList());
      for (int c = 0; c < classes; c++) {
        int label = c;
        int all = (int) Arrays.stream(labels).filter(other -> other == label).count();
        assertThat((int) Arrays.stream(within).filter(i -> labels[i] == label).count())
            .isBetween(all / count, all / count + 1);
      }
    }
    assertThat(seen).containsOnly(1);
  }

  @Test
  void theSeedDecides() {
    int[] labels = IntStream.range(0, 100).map(i -> i % 5).toArray();
    int[] part = StratifiedFolds.of(labels, 4, 1).within(0);

    assertThat(StratifiedFolds.of(labels, 4, 1).within(0)).isEqualTo(part);
    assertThat(StratifiedFolds.of(labels, 4, 2).within(0)).isNotEqualTo(part);
  }

  @Test
  void morePartsThanImagesAreRefused() {
    assertThatThrownBy(() -> StratifiedFolds.of(new int[] {0, 1, 0}, 4, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("folds (4)")
        .hasMessageContaining("3");
  }
}
