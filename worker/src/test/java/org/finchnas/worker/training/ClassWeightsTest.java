package org.finchnas.worker.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.finchnas.data.ImageSet;
import org.finchnas.evaluation.ClassWeights;
import org.finchnas.evaluation.TrainingParams;
import org.finchnas.searchspace.network.Layer;
import org.finchnas.searchspace.network.Network;
import org.finchnas.searchspace.network.NetworkBuilder;
import org.finchnas.searchspace.network.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClassWeightsTest {

  private static final List<String> LABELS = List.of("many", "few", "some");

  /**
   * Six, two and three pictures, weighted, pull as six, six and six do when those of the smaller
   * classes are there more than once.
   */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void balancedWeightsPullAsRepeatedPicturesDo(long seed) throws RejectedTrainingException {
    List<Integer> once = List.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
    List<Integer> repeated = List.of(0, 1, 2, 3, 4, 5, 6, 7, 6, 7, 6, 7, 8, 9, 10, 8, 9, 10);

    float[] weighted = gradients(images(seed, once), ClassWeights.BALANCED);
    float[] plain = gradients(images(seed, repeated), ClassWeights.NONE);

    assertThat(weighted).containsExactly(plain, within(1e-6f));
    assertThat(gradients(images(seed, once), ClassWeights.NONE)).isNotEqualTo(weighted);
  }

  @Test
  void theMeanWeightIsOneAndAClassWithoutPicturesCountsNothing() {
    LabelledImages images = images(1, List.of(0, 1, 2, 3, 4, 5, 6, 7));

    ClassWeighting weights = ClassWeighting.of(ClassWeights.BALANCED, images, 3);

    assertThat(weights.of(0)).isEqualTo(8f / (2 * 6));
    assertThat(weights.of(1)).isEqualTo(8f / (2 * 2));
    assertThat(weights.of(2)).isZero();
    assertThat(6 * weights.of(0) + 2 * weights.of(1)).isCloseTo(8, within(1e-5f));
  }

  @Test
  void withoutWeightsAllCountOne() {
    ClassWeighting weights = ClassWeighting.of(ClassWeights.NONE, images(1, List.of(0, 1, 8)), 3);

    assertThat(weights.of(0)).isEqualTo(1);
    assertThat(weights.of(1)).isEqualTo(1);
  }

  /** Eleven pictures of one pixel, six, two and three of a class; some of them, in an order. */
  private static LabelledImages images(long seed, List<Integer> chosen) {
    byte[] pixels = new byte[11 * 3];
    new SplittableRandom(seed).nextBytes(pixels);
    int[] labels = {0, 0, 0, 0, 0, 0, 1, 1, 2, 2, 2};
    return LabelledImages.of(
        ImageSet.of(pixels, labels, 3, 1, 1),
        chosen.stream().mapToInt(Integer::intValue).toArray());
  }

  private static float[] gradients(LabelledImages train, ClassWeights weights)
      throws RejectedTrainingException {
    TrainingParams params = new TrainingParams(64, 0.1, 0.9, 0, 1, 0, false, 0, weights);
    // Standardised alike: repeated pictures have another mean.
    LabelledImages all = images(9, IntStream.range(0, 11).boxed().toList());
    TrainingImages images = new TrainingImages(train, train, Standardization.of(all), LABELS);
    TrainingPlan plan = new TrainingPlan(params, 1, 7, false, 0, 0, null);
    try (FirstStep step = FirstStep.of(network(), images, plan)) {
      double unused = step.graph().computeGradients(step.features(), step.labels());
      return step.graph().graph().getFlattenedGradients().dup().data().asFloat();
    }
  }

  private static Network network() {
    NetworkBuilder builder = new NetworkBuilder("linear", new Shape(3, 1, 1));
    return builder.build(builder.add("dense", new Layer.Dense(3, true), 0));
  }
}
