package org.finchnas.evaluation;

import org.finchnas.searchspace.Architecture;
import org.jspecify.annotations.Nullable;

/**
 * An architecture proposed for training, not yet scored.
 *
 * @param number position in the search, from 0
 * @param seed decides its initial weights, the order of its images and their augmentation
 * @param parent the number of the candidate it was bred from, or null
 * @param start the weights its training begins with, or null for fresh ones
 */
public record Candidate(
    int number,
    Architecture architecture,
    Fidelity fidelity,
    long seed,
    @Nullable Integer parent,
    @Nullable Start start) {

  public Candidate {
    if (start != null && start.epochs() >= fidelity.epochs()) {
      throw new IllegalArgumentException(
          "A training of %d epochs in all cannot go on after %d."
              .formatted(fidelity.epochs(), start.epochs()));
    }
  }
}
