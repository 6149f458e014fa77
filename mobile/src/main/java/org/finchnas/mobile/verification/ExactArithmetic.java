package org.finchnas.mobile.verification;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.finchnas.evaluation.Predictions;
import org.finchnas.evaluation.Predictor;

/**
 * Settles whose rounding it is when a file and its network differ. Logits that span some hundreds,
 * as after a few steps of training or for an image unlike all others, are known in single precision
 * to some 1e-4 only: then the network itself is farther from its exact result than a file may be
 * from the network, and no file could pass. What can be asked of a file there is that it is as
 * close to the exact result as the network is, give or take what rounding does by chance.
 */
final class ExactArithmetic {

  /** Exact evaluation is some hundred times slower than a runtime. */
  static final int MOST_IMAGES = 40;

  /** How much farther than the network itself a file may be: both round, in another order. */
  private static final double SHARE = 2;

  private final Predictor exact;
  private final VerificationImages images;
  private final Map<Integer, float[]> known = new ConcurrentHashMap<>();

  ExactArithmetic(Predictor exact, VerificationImages images) {
    this.exact = exact;
    this.images = images;
  }

  /** On how many of these images the file is as right as the network; none if they are many. */
  int rounded(List<Integer> apart, Agreement agreement) {
    if (apart.size() > MOST_IMAGES) {
      return 0;
    }
    apart.parallelStream().forEach(image -> known.computeIfAbsent(image, this::evaluate));
    // The largest of several, since what rounding does to one image is chance.
    double ofNetwork =
        apart.stream().mapToDouble(image -> error(agreement.expected(), image)).max().orElse(0);
    return (int)
        apart.stream()
            .filter(image -> error(agreement.actual(), image) <= SHARE * ofNetwork)
            .count();
  }

  private float[] evaluate(int image) {
    return exact.predict(images.image(image), 1).probabilities(0);
  }

  private double error(Predictions predictions, int image) {
    return Agreement.largestDifference(
        predictions.probabilities(image), requireNonNull(known.get(image)));
  }
}
