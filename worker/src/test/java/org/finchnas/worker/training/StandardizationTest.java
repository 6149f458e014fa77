package org.finchnas.worker.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.finchnas.data.ImageSet;
import org.finchnas.evaluation.TrainingParams;
import org.finchnas.searchspace.network.Normalization;
import org.finchnas.worker.training.Standardization.ImageSize;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StandardizationTest {

  private static final Normalization BYTES =
      new Normalization(List.of(0f, 0f, 0f), List.of(1f, 1f, 1f));
  private static final TrainingParams CROP_2 = new TrainingParams(4, 0.1, 0.9, 0, 1, 0, true, 2);

  @Test
  void standardisedImagesHaveMean0AndDeviation1() {
    byte[] pixels = new byte[20 * 3 * 4 * 5];
    new SplittableRandom(1).nextBytes(pixels);
    ImageSet set = ImageSet.of(pixels, new int[20], 3, 4, 5);
    LabelledImages images = LabelledImages.all(set);
    Standardization standardization = new Standardization(Standardization.of(images));
    double[] sums = new double[3];
    double[] squares = new double[3];
    for (int i = 0; i < 20; i++) {
      float[] values = write(standardization, set, i, Augmentation.NONE);
      for (int j = 0; j < values.length; j++) {
        sums[j % 3] += values[j];
        squares[j % 3] += values[j] * values[j];
      }
    }

    for (int channel = 0; channel < 3; channel++) {
      assertThat(sums[channel] / 400).isCloseTo(0, within(1e-5));
      assertThat(squares[channel] / 400).isCloseTo(1, within(1e-5));
    }
  }

  @Test
  void aConstantChannelBecomes0() {
    ImageSet set = ImageSet.of(new byte[] {7, 7, 7, 7}, new int[1], 1, 2, 2);
    Normalization normalization = Standardization.of(LabelledImages.all(set));

    assertThat(write(new Standardization(normalization), set, 0, Augmentation.NONE))
        .containsOnly(0);
  }

  @Test
  void valuesAreWrittenRowColumnChannel() {
    ImageSet set =
        ImageSet.of(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}, new int[1], 3, 2, 2);

    assertThat(write(new Standardization(BYTES), set, 0, Augmentation.NONE))
        .containsExactly(1, 5, 9, 2, 6, 10, 3, 7, 11, 4, 8, 12);
  }

  @Test
  void aFlipMirrorsLeftToRight() {
    ImageSet set = ImageSet.of(new byte[] {1, 2, 3, 4, 5, 6}, new int[1], 1, 2, 3);
    Standardization plain = new Standardization(new Normalization(List.of(0f), List.of(1f)));

    assertThat(write(plain, set, 0, new Augmentation(true, 0, 0)))
        .containsExactly(3, 2, 1, 6, 5, 4);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void anAugmentedImageIsACropOfThePaddedImageOrItsMirror(long seed) {
    RandomGenerator random = new SplittableRandom(seed);
    byte[] pixels = new byte[3 * 5 * 6];
    random.nextBytes(pixels);
    ImageSet set = ImageSet.of(pixels, new int[1], 3, 5, 6);
    for (int round = 0; round < 50; round++) {
      Augmentation augmentation = Augmentation.draw(CROP_2, random);
      float[] values = write(new Standardization(BYTES), set, 0, augmentation);
      for (int i = 0; i < values.length; i++) {
        int channel = i % 3;
        int x = i / 3 % 6;
        int y = i / 18;
        assertThat(values[i]).isEqualTo(padded(pixels, augmentation, channel, y, x));
      }
    }
  }

  @Test
  void everyCropAndBothDirectionsAreEquallyLikely() {
    RandomGenerator random = new SplittableRandom(3);
    int[] counts = new int[50];
    for (int i = 0; i < 50_000; i++) {
      Augmentation drawn = Augmentation.draw(CROP_2, random);
      counts[(drawn.flip() ? 25 : 0) + (drawn.top() + 2) * 5 + drawn.left() + 2]++;
    }

    // Five standard deviations of a binomial count of mean 1000.
    assertThat(Arrays.stream(counts)).allSatisfy(count -> assertThat(count).isBetween(840, 1160));
  }

  @Test
  void withoutFlipAndCropImagesStayAsTheyAre() {
    TrainingParams none = new TrainingParams(4, 0.1, 0.9, 0, 1, 0, false, 0);
    RandomGenerator random = new SplittableRandom(3);
    for (int i = 0; i < 100; i++) {
      assertThat(Augmentation.draw(none, random)).isEqualTo(Augmentation.NONE);
    }
  }

  /** The oracle really pads, mirrors the whole and cuts. */
  private static float padded(byte[] pixels, Augmentation augmentation, int channel, int y, int x) {
    int[][] padded = new int[5 + 4][6 + 4];
    for (int i = 0; i < 30; i++) {
      padded[2 + i / 6][2 + i % 6] = pixels[channel * 30 + i] & 0xff;
    }
    int left = 2 + augmentation.left();
    if (augmentation.flip()) {
      for (int[] row : padded) {
        for (int i = 0; i < 5; i++) {
          int kept = row[i];
          row[i] = row[9 - i];
          row[9 - i] = kept;
        }
      }
      left = 2 - augmentation.left();
    }
    return padded[2 + augmentation.top() + y][left + x];
  }

  private static float[] write(
      Standardization standardization, ImageSet set, int image, Augmentation augmentation) {
    byte[] pixels = new byte[set.imageBytes()];
    set.read(image, pixels, 0);
    float[] target = new float[pixels.length];
    standardization.write(
        pixels, new ImageSize(set.height(), set.width()), augmentation, target, 0);
    return target;
  }
}
