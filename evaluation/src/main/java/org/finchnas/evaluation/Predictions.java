package org.finchnas.evaluation;

/** What a network says of some images: for each image one row with one value a class. */
public final class Predictions {

  private final float[][] logits;
  private final float[][] probabilities;

  public Predictions(float[][] logits, float[][] probabilities) {
    this.logits = logits;
    this.probabilities = probabilities;
  }

  /** Probabilities computed here, in double precision, for a runtime that ends in logits. */
  public static Predictions ofLogits(float[][] logits) {
    float[][] probabilities = new float[logits.length][];
    for (int i = 0; i < logits.length; i++) {
      probabilities[i] = softmax(logits[i]);
    }
    return new Predictions(logits, probabilities);
  }

  public int count() {
    return logits.length;
  }

  public float[] logits(int image) {
    return logits[image];
  }

  public float[] probabilities(int image) {
    return probabilities[image];
  }

  /** The most probable class; the first of several equal ones. */
  public int topClass(int image) {
    int best = 0;
    for (int c = 1; c < logits[image].length; c++) {
      if (logits[image][c] > logits[image][best]) {
        best = c;
      }
    }
    return best;
  }

  private static float[] softmax(float[] row) {
    double max = Double.NEGATIVE_INFINITY;
    for (float value : row) {
      max = Math.max(max, value);
    }
    double sum = 0;
    for (float value : row) {
      sum += Math.exp(value - max);
    }
    float[] result = new float[row.length];
    for (int c = 0; c < row.length; c++) {
      result[c] = (float) (Math.exp(row[c] - max) / sum);
    }
    return result;
  }
}
