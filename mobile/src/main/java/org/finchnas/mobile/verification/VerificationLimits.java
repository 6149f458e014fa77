package org.finchnas.mobile.verification;

/**
 * How far a file may be from the network it was made from.
 *
 * @param images fewest images it must be checked on
 * @param probabilityDifference largest difference of a probability, in [0, 1]
 * @param logitDifference largest difference of a logit, as a share of the range of all logits
 * @param topAgreement smallest share of images with the same most probable class
 */
public record VerificationLimits(
    int images, double probabilityDifference, double logitDifference, double topAgreement) {

  /** What single precision must reach: 200 images, 1e-5, 1e-4 and every image the same class. */
  public static final VerificationLimits FP32 = new VerificationLimits(200, 1e-5, 1e-4, 1);

  /** Half precision keeps 11 bits of a weight: another class on 1 of 200 images at most. */
  public static final VerificationLimits FP16 = new VerificationLimits(200, 0.05, 0.02, 0.995);

  /** Eight bits: what they cost is told as accuracy; another class on at most 1 image in 10. */
  public static final VerificationLimits INT8 = new VerificationLimits(200, 1, 0.25, 0.9);

  public VerificationLimits {
    if (images < 1
        || !(probabilityDifference >= 0)
        || !(logitDifference >= 0)
        || !(topAgreement >= 0 && topAgreement <= 1)) {
      throw new IllegalArgumentException(
          ("Verification needs at least 1 image (%d), differences of at least 0 (%s, %s) and an"
                  + " agreement in [0, 1] (%s).")
              .formatted(images, probabilityDifference, logitDifference, topAgreement));
    }
  }
}
