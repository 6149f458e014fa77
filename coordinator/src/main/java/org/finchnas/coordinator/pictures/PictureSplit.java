package org.finchnas.coordinator.pictures;

import java.util.List;
import org.finchnas.data.PictureSurvey;

/**
 * Which pictures candidates learn from and which they are judged by.
 *
 * @param folds 1 if a share is held out for all; more if every picture is, in one of the folds
 * @param heldOut the share; with folds that of the final training alone, which watches itself on it
 */
record PictureSplit(int folds, double heldOut) {

  /** On 200 pictures an accuracy of a half has a standard error of 3.5 points. */
  private static final int ENOUGH_TO_VALIDATE = 200;

  private static final double USUAL = 0.2;

  /** Of so many pictures a tenth is enough. */
  private static final int MANY = 5000;

  private static final double OF_MANY = 0.1;

  /** Of fewer than these a tenth might be none. */
  private static final int FEW = 20;

  private static final double OF_FEW = 0.25;
  private static final List<Integer> FOLDS = List.of(5, 3, 2);

  /** What can be done, the best first: fewer folds cost less, and learn from fewer pictures. */
  static List<PictureSplit> of(PictureSurvey survey) {
    long images = survey.trainPictures();
    if (images * USUAL >= ENOUGH_TO_VALIDATE) {
      return List.of(new PictureSplit(1, images < MANY ? USUAL : OF_MANY));
    }
    long most = Math.max(2, survey.smallest().train());
    return FOLDS.stream()
        .filter(folds -> folds <= most)
        .map(folds -> new PictureSplit(folds, images < FEW ? OF_FEW : OF_MANY))
        .toList();
  }

  /**
   * Pictures that one training of a candidate learns from in an epoch.
   *
   * @param images to learn from and to be judged by
   * @param most of them; 0 for all
   */
  double learnt(long images, int most) {
    double all = folds > 1 ? images * (folds - 1.0) / folds : images * (1 - heldOut);
    return most == 0 ? all : Math.min(all, most);
  }
}
