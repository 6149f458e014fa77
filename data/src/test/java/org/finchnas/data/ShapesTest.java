package org.finchnas.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShapesTest {

  private static final ShapeDifficulty DIFFICULTY = ShapeDifficulty.DEFAULT;

  /**
   * Written down from Shapes.VERSION 6 (OpenJDK 17, x86-64). If it changes, kept images of two
   * releases or machines differ: raise the version, and say so in the release notes.
   */
  @Test
  void theSameSeedPaintsTheSamePicturesOnEveryMachine() {
    assertThat(new Shapes(1, DIFFICULTY).dataSet(200, 50).contentHash())
        .isEqualTo("c6ffa340e16dec0e92642b2ea614823dad8563d24d1613baadd4fd63da2952b4");
    assertThat(Shapes.VERSION).isEqualTo(7);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 77})
  void aSmallerSetIsTheBeginningOfALarger(long seed) {
    ImageSet few = new Shapes(seed, DIFFICULTY).images(0, 30);
    ImageSet many = new Shapes(seed, DIFFICULTY).images(0, 90);
    assertThat(few.pixels()).isEqualTo(many.pixels().slice(0, 30 * few.imageBytes()));
    assertThat(few.labels()).isEqualTo(Arrays.copyOf(many.labels(), 30));
  }

  @Test
  void otherSeedsAndTheTestImagesAreOtherPictures() {
    ImageSet train = new Shapes(1, DIFFICULTY).images(0, 20);
    assertThat(train.pixels()).isNotEqualTo(new Shapes(2, DIFFICULTY).images(0, 20).pixels());
    assertThat(train.pixels()).isNotEqualTo(new Shapes(1, DIFFICULTY).images(1, 20).pixels());
  }

  @Test
  void everyTenPicturesHoldEveryClassOnce() {
    int[] labels = new Shapes(3, DIFFICULTY).images(0, 50).labels();
    for (int start = 0; start < 50; start += 10) {
      assertThat(Arrays.copyOfRange(labels, start, start + 10))
          .containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    }
    assertThat(Shapes.labels())
        .hasSize(10)
        .contains("circle", "ring", "crescent", "triangle", "arrow");
  }

  /** What a picture looks like must not give its class away to who only compares pixels. */
  @Test
  void theNearestNeighbourInPixelsIsNearlyBlind() {
    Shapes shapes = new Shapes(1, DIFFICULTY);
    ImageSet train = shapes.images(0, 2_000);
    ImageSet test = shapes.images(1, 200);
    int right = 0;
    for (int image = 0; image < test.size(); image++) {
      right += test.label(image) == nearest(train, test, image) ? 1 : 0;
    }
    assertThat((double) right / test.size()).isLessThan(0.3);
  }

  private static int nearest(ImageSet train, ImageSet test, int image) {
    byte[] a = new byte[test.imageBytes()];
    byte[] b = new byte[test.imageBytes()];
    test.read(image, a, 0);
    long least = Long.MAX_VALUE;
    int label = -1;
    for (int other = 0; other < train.size(); other++) {
      train.read(other, b, 0);
      long distance = 0;
      for (int i = 0; i < a.length && distance < least; i++) {
        long difference = (a[i] & 0xffL) - (b[i] & 0xffL);
        distance += difference * difference;
      }
      if (distance < least) {
        least = distance;
        label = train.label(other);
      }
    }
    return label;
  }
}
