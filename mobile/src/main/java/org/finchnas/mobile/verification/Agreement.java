package org.finchnas.mobile.verification;

import java.util.List;
import java.util.stream.IntStream;
import org.finchnas.evaluation.Predictions;

/** Compares two predictions of the same images; what is not a number stays so in the result. */
record Agreement(Predictions actual, Predictions expected) {

  double probabilityDifference() {
    double largest = 0;
    for (int i = 0; i < expected.count(); i++) {
      largest =
          Math.max(largest, largestDifference(actual.probabilities(i), expected.probabilities(i)));
    }
    return largest;
  }

  /** Images on which a probability differs by more than this, or is not a number. */
  List<Integer> imagesApart(double limit) {
    return IntStream.range(0, expected.count())
        .filter(
            i -> !(largestDifference(actual.probabilities(i), expected.probabilities(i)) <= limit))
        .boxed()
        .toList();
  }

  /** As a share of the range of the expected logits. */
  double logitDifference() {
    double largest = 0;
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < expected.count(); i++) {
      largest = Math.max(largest, largestDifference(actual.logits(i), expected.logits(i)));
      for (float logit : expected.logits(i)) {
        low = Math.min(low, logit);
        high = Math.max(high, logit);
      }
    }
    return largest == 0 ? 0 : largest / (high - low);
  }

  double topAgreement() {
    int same = 0;
    for (int i = 0; i < expected.count(); i++) {
      same += actual.topClass(i) == expected.topClass(i) ? 1 : 0;
    }
    return (double) same / expected.count();
  }

  /** Images of which the two largest expected probabilities differ by more than this. */
  List<Integer> decided(double margin) {
    return IntStream.range(0, expected.count())
        .filter(i -> margin(expected.probabilities(i)) > margin)
        .boxed()
        .toList();
  }

  private static double margin(float[] probabilities) {
    double first = Double.NEGATIVE_INFINITY;
    double second = Double.NEGATIVE_INFINITY;
    for (float probability : probabilities) {
      second = Math.max(second, Math.min(first, probability));
      first = Math.max(first, probability);
    }
    return first - second;
  }

  /** The share of some images with the same most probable class; 1 of none. */
  double topAgreement(List<Integer> images) {
    long same = images.stream().filter(i -> actual.topClass(i) == expected.topClass(i)).count();
    return images.isEmpty() ? 1 : (double) same / images.size();
  }

  /** Images that one classifies correctly and the other does not. */
  static int rightInOne(Predictions one, Predictions other, List<Integer> classes) {
    return (int)
        IntStream.range(0, classes.size())
            .filter(i -> one.topClass(i) == classes.get(i) && other.topClass(i) != classes.get(i))
            .count();
  }

  static double accuracy(Predictions predictions, List<Integer> classes) {
    int right = 0;
    for (int i = 0; i < classes.size(); i++) {
      right += predictions.topClass(i) == classes.get(i) ? 1 : 0;
    }
    return (double) right / classes.size();
  }

  static double largestDifference(float[] a, float[] b) {
    double largest = 0;
    for (int c = 0; c < a.length; c++) {
      largest = Math.max(largest, Math.abs((double) a[c] - b[c]));
    }
    return largest;
  }
}
