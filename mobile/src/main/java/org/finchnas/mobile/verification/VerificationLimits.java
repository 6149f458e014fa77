package org.finchnas.mobile.verification;

/**
 * How far a file may be from the network it was made from.
 *
 * @param images fewest images it must be checked on
 * @param probabilityDifference largest difference of a probability, in [0, 1]
 * @param logitDifference largest difference of a logit, as a share of the range of all logits
 * @param topAgreement smallest share of images with the same most probable class, of those that the
 *     network decides
 * @param undecided the network decides an image if its two largest probabilities differ by more
 * @param accuracyLost largest share of images by which fewer may be right, beyond what chance
 *     explains
 */
public record VerificationLimits(
    int images,
    double probabilityDifference,
    double logitDifference,
    double topAgreement,
    double undecided,
    double accuracyLost) {

  /** What single precision must reach: 200 images, 1e-5, 1e-4 and every image the same class. */
  public static final VerificationLimits FP32 = new VerificationLimits(200, 1e-5, 1e-4, 1, 0, 0);

  /** Half precision keeps 11 bits of a weight: another class on 1 of 200 images at most. */
  public static final VerificationLimits FP16 =
      new VerificationLimits(200, 0.05, 0.02, 0.995, 0, 0.01);

  /** Eight bits: what they cost is told, and bounded, as accuracy. */
  public static final VerificationLimits INT8 =
      new VerificationLimits(200, 1, 0.5, 0.95, 0.2, 0.01);

  public VerificationLimits {
    if (images < 1
        || !(probabilityDifference >= 0)
        || !(logitDifference >= 0)
        || !(topAgreement >= 0 && topAgreement <= 1)
        || !(undecided >= 0)
        || !(accuracyLost >= 0)) {
      throw new IllegalArgumentException(
          ("Verification needs at least 1 image (%d), differences of at least 0 (%s, %s, %s, %s) and"
                  + " an agreement in [0, 1] (%s).")
              .formatted(
                  images,
                  probabilityDifference,
                  logitDifference,
                  undecided,
                  accuracyLost,
                  topAgreement));
    }
  }
}
