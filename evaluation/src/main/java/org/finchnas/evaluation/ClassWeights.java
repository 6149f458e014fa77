package org.finchnas.evaluation;

import java.util.Locale;

/** How much an image counts in the training loss, by its class. */
public enum ClassWeights {
  /** All images alike: a class with many images counts more than one with few. */
  NONE,
  /**
   * All classes alike: an image of a class with n of the N training images, which show C classes,
   * counts N ÷ (C × n). The mean over all training images is 1, so learning rates need not change.
   */
  BALANCED;

  /** As it stands in configurations: {@code balanced}. */
  public String token() {
    return name().toLowerCase(Locale.ROOT);
  }
}
