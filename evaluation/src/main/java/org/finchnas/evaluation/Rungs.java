package org.finchnas.evaluation;

import java.util.List;

/**
 * The fidelities that candidates climb. A rung's epochs are all that were trained up to it: a
 * promoted candidate goes on from the weights it has and trains the difference.
 *
 * @param reduction one of so many is promoted (paper: eta); without lower rungs of no effect
 * @param fidelities cheapest first, the full one last
 */
public record Rungs(int reduction, List<Fidelity> fidelities) {

  /** One of three, as in the experiments of arXiv 1810.05934 with few candidates. */
  public static final int DEFAULT_REDUCTION = 3;

  public Rungs {
    fidelities = List.copyOf(fidelities);
    if (reduction < 2) {
      throw new IllegalArgumentException(
          "reduction (%d) must be at least 2: one of so many is promoted.".formatted(reduction));
    }
    if (fidelities.isEmpty()) {
      throw new IllegalArgumentException("Rungs need at least the full fidelity.");
    }
    for (int i = 1; i < fidelities.size(); i++) {
      requireHigher(fidelities.get(i - 1), fidelities.get(i));
    }
  }

  /** All candidates are trained alike. */
  public static Rungs only(Fidelity fidelity) {
    return new Rungs(DEFAULT_REDUCTION, List.of(fidelity));
  }

  public int count() {
    return fidelities.size();
  }

  /** The highest: what the front is about. */
  public Fidelity full() {
    return fidelities.get(count() - 1);
  }

  /** Those below the full one, cheapest first. */
  public List<Fidelity> lower() {
    return fidelities.subList(0, count() - 1);
  }

  /**
   * The index of a fidelity, from 0.
   *
   * @throws IllegalArgumentException if there is no such rung
   */
  public int indexOf(Fidelity fidelity) {
    int index = fidelities.indexOf(fidelity);
    if (index < 0) {
      throw new IllegalArgumentException(
          "There is no rung of %s, only %s.".formatted(fidelity, fidelities));
    }
    return index;
  }

  private static void requireHigher(Fidelity lower, Fidelity higher) {
    if (lower.epochs() >= higher.epochs()
        || amount(lower.trainImages()) > amount(higher.trainImages())
        || amount(lower.resolution()) > amount(higher.resolution())) {
      throw new IllegalArgumentException(
          ("%s cannot be the rung below %s: epochs (in all, up to the rung) must rise from rung to"
                  + " rung, and images and resolution must not fall.")
              .formatted(lower, higher));
    }
  }

  /** 0 stands for all there is. */
  private static int amount(int setting) {
    return setting == 0 ? Integer.MAX_VALUE : setting;
  }
}
