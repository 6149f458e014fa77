package org.finchnas.evaluation;

/** A hard cap on a quantity that is known without training. */
public record Constraint(Objective objective, double limit) {

  public Constraint {
    if (objective.direction() != Direction.MINIMIZE || !(limit > 0)) {
      throw new IllegalArgumentException(
          "A constraint caps a quantity that should be small at a limit above 0, but %s is capped"
                  .formatted(objective)
              + " at "
              + limit
              + ".");
    }
  }

  /** By what share of the limit the value lies above it; 0 if it does not. */
  public double violation(double value) {
    return Math.max(0, value / limit - 1);
  }
}
