package org.finchnas.worker.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.finchnas.data.ImageSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LabelledImagesTest {

  private static final int[] LABELS =
      IntStream.range(0, 300).map(i -> i % 10 < 6 ? 0 : i % 3).toArray();
  private static final LabelledImages IMAGES =
      LabelledImages.all(ImageSet.of(new byte[300], LABELS, 1, 1, 1));

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 30, 100, 299})
  void aPartHasItsSizeAndItsShareOfEveryClass(int count) {
    LabelledImages part = IMAGES.stratified(count, 5);

    assertThat(part.size()).isEqualTo(count);
    for (int label = 0; label < 3; label++) {
      double share = (double) count(IMAGES, label) * count / 300;
      assertThat((double) count(part, label)).isBetween(Math.floor(share), Math.ceil(share));
    }
  }

  @Test
  void theSameSeedGivesTheSamePart() {
    assertThat(IMAGES.stratified(50, 5).chosen()).isEqualTo(IMAGES.stratified(50, 5).chosen());
    assertThat(IMAGES.stratified(50, 5).chosen()).isNotEqualTo(IMAGES.stratified(50, 6).chosen());
  }

  @Test
  void fewerImagesAreAmongMore() {
    Set<Integer> more = new HashSet<>(list(IMAGES.stratified(150, 5)));

    assertThat(more).containsAll(list(IMAGES.stratified(60, 5)));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 300, 1000})
  void allImagesAreAllImages(int count) {
    assertThat(IMAGES.stratified(count, 5)).isSameAs(IMAGES);
  }

  private static List<Integer> list(LabelledImages images) {
    return Arrays.stream(images.chosen()).boxed().toList();
  }

  private static long count(LabelledImages images, int label) {
    return IntStream.range(0, images.size()).filter(i -> images.label(i) == label).count();
  }
}
