package org.finchnas.worker.training;

import java.util.Arrays;
import org.finchnas.evaluation.ClassWeights;

/** What an image counts in the loss, by its class. */
final class ClassWeighting {

  private final float[] weights;

  private ClassWeighting(float[] weights) {
    this.weights = weights;
  }

  /** All count 1. */
  static ClassWeighting none(int classes) {
    float[] ones = new float[classes];
    Arrays.fill(ones, 1);
    return new ClassWeighting(ones);
  }

  /** As the images that are learnt from are spread over the classes; those without any count 0. */
  static ClassWeighting of(ClassWeights kind, LabelledImages train, int classes) {
    return switch (kind) {
      case NONE -> none(classes);
      case BALANCED -> balanced(train, classes);
    };
  }

  private static ClassWeighting balanced(LabelledImages train, int classes) {
    int[] counts = new int[classes];
    for (int position = 0; position < train.size(); position++) {
      counts[train.label(position)]++;
    }
    long shown = Arrays.stream(counts).filter(count -> count > 0).count();
    float[] weights = new float[classes];
    for (int c = 0; c < classes; c++) {
      weights[c] = counts[c] == 0 ? 0 : (float) (train.size() / ((double) shown * counts[c]));
    }
    return new ClassWeighting(weights);
  }

  float of(int label) {
    return weights[label];
  }
}
