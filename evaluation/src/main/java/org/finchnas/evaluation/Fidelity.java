package org.finchnas.evaluation;

/**
 * The cost setting of one evaluation.
 *
 * @param epochs passes over the training images
 * @param trainImages how many of them are used; 0 for all
 * @param resolution rows and columns the images are scaled to; 0 for the architecture's own
 * @param folds 1 to be trained once and validated on images that are held out; more to be trained
 *     so many times, each time without one part of all training images and validated on that part
 */
public record Fidelity(int epochs, int trainImages, int resolution, int folds) {

  /** Trained once. */
  public Fidelity(int epochs, int trainImages, int resolution) {
    this(epochs, trainImages, resolution, 1);
  }

  public Fidelity {
    if (epochs < 1 || trainImages < 0 || resolution < 0 || folds < 1) {
      throw new IllegalArgumentException(
          "A fidelity needs at least 1 epoch (%d) and 1 fold (%d), and trainImages (%d) and resolution"
                  .formatted(epochs, folds, trainImages)
              + " (%d) of 0 (all, native) or more.".formatted(resolution));
    }
  }
}
