package org.finchnas.coordinator.pictures;

/**
 * How fast a slot trains, measured on the machine that searches.
 *
 * @param startSeconds what a training takes before its first step and after its last
 * @param macsPerSecond multiply-accumulates of the images it learns from, forward pass counted
 *     alone
 */
public record TrainingSpeed(double startSeconds, double macsPerSecond) {

  /** Of the time of learning from an image, what predicting one takes. */
  private static final double PREDICTION = 1.0 / 3;

  public TrainingSpeed {
    if (!(startSeconds >= 0) || !(macsPerSecond > 0)) {
      throw new IllegalArgumentException(
          "A speed needs a start (%s s) of 0 or more and multiply-accumulates (%s) above 0."
              .formatted(startSeconds, macsPerSecond));
    }
  }

  /**
   * From two trainings of one network that differ only in how many images they see.
   *
   * @param macs of the network for one image
   */
  public static TrainingSpeed between(
      double macs, long fewImages, double fewSeconds, long moreImages, double moreSeconds) {
    // A machine that does other things may seem to take no longer for more.
    double perImage =
        Math.max(moreSeconds - fewSeconds, 0.1 * moreSeconds) / (moreImages - fewImages);
    double start = Math.max(0, fewSeconds - perImage * fewImages);
    return new TrainingSpeed(start, macs / perImage);
  }

  /**
   * How long a training takes in one slot.
   *
   * @param macs of the network for one image
   * @param learnt images it learns from, each as often as it does
   * @param held images it is validated on
   */
  public double seconds(double macs, double learnt, double held) {
    return startSeconds + macs * (learnt + PREDICTION * held) / macsPerSecond;
  }
}
