package org.finchnas.evaluation;

/**
 * The cost setting of one evaluation.
 *
 * @param epochs passes over the training images
 * @param trainImages how many of them are used; 0 for all
 * @param resolution rows and columns the images are scaled to; 0 for the architecture's own
 */
public record Fidelity(int epochs, int trainImages, int resolution) {

  public Fidelity {
    if (epochs < 1 || trainImages < 0 || resolution < 0) {
      throw new IllegalArgumentException(
          "A fidelity needs at least 1 epoch (%d), and trainImages (%d) and resolution (%d) of 0"
                  .formatted(epochs, trainImages, resolution)
              + " (all, native) or more.");
    }
  }
}
