package org.finchnas.evaluation;

import org.finchnas.searchspace.Architecture;
import org.finchnas.searchspace.Design;
import org.jspecify.annotations.Nullable;

/**
 * A design proposed for training, not yet scored.
 *
 * @param number position in the search, from 0; of a network that is trained beside it, for
 *     comparison, from {@link #FIRST_BASELINE}; of one that was found and is trained for use, its
 *     number in the search above {@link #FIRST_FINAL}
 * @param design of a search always an architecture
 * @param seed decides its initial weights, the order of its images and their augmentation
 * @param parent the number of the candidate it was bred from, or null
 * @param start the weights its training begins with, or null for fresh ones
 */
public record Candidate(
    int number,
    Design design,
    Fidelity fidelity,
    long seed,
    @Nullable Integer parent,
    @Nullable Start start) {

  /** Above the number of any candidate of a search. */
  public static final int FIRST_BASELINE = 1_000_000_000;

  /** Above the number of any baseline. */
  public static final int FIRST_FINAL = 1_500_000_000;

  public Candidate {
    if (start != null && fidelity.folds() > 1) {
      throw new IllegalArgumentException(
          "A training in %d folds begins afresh: weights from elsewhere may have seen the images it is validated on."
              .formatted(fidelity.folds()));
    }
    if (start != null && start.epochs() >= fidelity.epochs()) {
      throw new IllegalArgumentException(
          "A training of %d epochs in all cannot go on after %d."
              .formatted(fidelity.epochs(), start.epochs()));
    }
  }

  /**
   * The architecture that the search proposed.
   *
   * @throws IllegalStateException if it is none, but a published network for comparison
   */
  public Architecture architecture() {
    if (design instanceof Architecture architecture) {
      return architecture;
    }
    throw new IllegalStateException(design.notation() + " is no architecture of a search.");
  }
}
