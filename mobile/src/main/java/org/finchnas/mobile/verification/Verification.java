package org.finchnas.mobile.verification;

import java.util.ArrayList;
import java.util.List;
import org.finchnas.evaluation.Predictions;
import org.finchnas.evaluation.Predictor;
import org.jspecify.annotations.Nullable;

/**
 * How well a file, run by its own runtime, agrees with the network it was made from.
 *
 * @param runtime what ran the file
 * @param oracle what ran the network
 * @param images how many images both classified
 * @param probabilityDifference largest absolute difference of a probability
 * @param imagesApart on how many images a probability differs by more than the limit
 * @param imagesRounded on how many of these the file is as close to exact arithmetic as the oracle,
 *     so that the difference is single precision's own ({@link ExactArithmetic})
 * @param logitDifference largest absolute difference of a logit, divided by the range (largest
 *     minus smallest) of the oracle's logits over all images
 * @param topAgreement share of images with the same most probable class, in [0, 1]
 * @param imagesDecided images of which the oracle's two largest probabilities differ by more than
 *     the limits say: the others have no clear class to agree on
 * @param decidedAgreement share of these with the same most probable class
 * @param imagesSpoiled images that only the oracle classifies correctly
 * @param imagesRepaired images that only the file classifies correctly
 * @param accuracy share of images the file classifies correctly, null where classes are not known
 * @param oracleAccuracy the same of the oracle
 */
public record Verification(
    String runtime,
    String oracle,
    int images,
    double probabilityDifference,
    int imagesApart,
    int imagesRounded,
    double logitDifference,
    double topAgreement,
    int imagesDecided,
    double decidedAgreement,
    int imagesSpoiled,
    int imagesRepaired,
    @Nullable Double accuracy,
    @Nullable Double oracleAccuracy,
    VerificationLimits limits) {

  /**
   * Runs both over the same images and compares what they say.
   *
   * @throws IllegalArgumentException if they differ in the number of classes
   */
  public static Verification of(
      NamedPredictor model, Oracle oracle, VerificationImages images, VerificationLimits limits) {
    return ofAll(List.of(model), oracle, images, limits).get(0);
  }

  /**
   * The same for each of several models, with one run of the oracle.
   *
   * @throws IllegalArgumentException if they differ in the number of classes
   */
  public static List<Verification> ofAll(
      List<NamedPredictor> models,
      Oracle oracle,
      VerificationImages images,
      VerificationLimits limits) {
    Predictions expected = predict(oracle.predictor(), images);
    ExactArithmetic exact = new ExactArithmetic(oracle.exact(), images);
    return models.stream()
        .map(model -> of(model, oracle, expected, exact, images, limits))
        .toList();
  }

  private static Verification of(
      NamedPredictor model,
      Oracle oracle,
      Predictions expected,
      ExactArithmetic exact,
      VerificationImages images,
      VerificationLimits limits) {
    Predictions actual = predict(model.predictor(), images);
    requireSameClasses(model, actual, oracle, expected);
    Agreement agreement = new Agreement(actual, expected);
    List<Integer> apart = agreement.imagesApart(limits.probabilityDifference());
    List<Integer> decided = agreement.decided(limits.undecided());
    boolean labelled = !images.classes().isEmpty();
    return new Verification(
        model.name(),
        oracle.name(),
        images.count(),
        agreement.probabilityDifference(),
        apart.size(),
        exact.rounded(apart, agreement),
        agreement.logitDifference(),
        agreement.topAgreement(),
        decided.size(),
        agreement.topAgreement(decided),
        Agreement.rightInOne(expected, actual, images.classes()),
        Agreement.rightInOne(actual, expected, images.classes()),
        labelled ? Agreement.accuracy(actual, images.classes()) : null,
        labelled ? Agreement.accuracy(expected, images.classes()) : null,
        limits);
  }

  public boolean passed() {
    return violations().isEmpty();
  }

  /** A sentence for each limit that is not met. A difference that is not a number meets none. */
  public List<String> violations() {
    List<String> violations = new ArrayList<>();
    if (images < limits.images()) {
      violations.add(
          "checked on %d images, but at least %d are needed".formatted(images, limits.images()));
    }
    if (imagesApart > imagesRounded) {
      violations.add(
          "a probability differs by %.3g, but at most %.3g is allowed (images that differ: %d, by the network's own rounding: %d)"
              .formatted(
                  probabilityDifference,
                  limits.probabilityDifference(),
                  imagesApart,
                  imagesRounded));
    }
    if (!(logitDifference <= limits.logitDifference())) {
      violations.add(
          "a logit differs by %.3g of the logits' range, but at most %.3g is allowed"
              .formatted(logitDifference, limits.logitDifference()));
    }
    if (!(decidedAgreement >= limits.topAgreement())) {
      violations.add(
          "%.2f %% of the %d images that the network decides have the same class, but at least %.2f %% must"
              .formatted(100 * decidedAgreement, imagesDecided, 100 * limits.topAgreement()));
    }
    if (limits.accuracyLost() > 0 && accuracyLost() > limits.accuracyLost() + chance()) {
      violations.add(
          "accuracy falls by %.2f points, but at most %.2f are allowed, and %.2f that chance explains"
              .formatted(100 * accuracyLost(), 100 * limits.accuracyLost(), 100 * chance()));
    }
    return violations;
  }

  /** The share of images by which fewer are right; below 0 if more are. */
  public double accuracyLost() {
    return (double) (imagesSpoiled - imagesRepaired) / images;
  }

  /**
   * Two standard deviations of what is lost or gained if an image that comes out otherwise is as
   * likely repaired as spoiled (McNemar 1947, doi:10.1007/BF02295996).
   */
  private double chance() {
    return 2 * Math.sqrt((double) imagesSpoiled + imagesRepaired) / images;
  }

  private static Predictions predict(Predictor predictor, VerificationImages images) {
    return predictor.predict(images.pixels(), images.count());
  }

  private static void requireSameClasses(
      NamedPredictor model, Predictions actual, Oracle oracle, Predictions expected) {
    if (actual.logits(0).length != expected.logits(0).length) {
      throw new IllegalArgumentException(
          "The file has %d classes in %s, the network %d in %s. Compare a file with its own model."
              .formatted(
                  actual.logits(0).length, model.name(), expected.logits(0).length, oracle.name()));
    }
  }
}
