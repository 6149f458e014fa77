package org.finchnas.worker.graph;

/**
 * How far a training has come. Layers that behave differently from step to step (dropout,
 * drop-path) read it, so a training resumed at a step draws what it would have drawn.
 */
public final class TrainingProgress {

  private final long seed;
  private final double finalKeep;
  private long step;
  private double share;

  /**
   * @param finalKeep probability of keeping the deepest path at the last step
   */
  TrainingProgress(long seed, double finalKeep) {
    this.seed = seed;
    this.finalKeep = finalKeep;
  }

  /**
   * Says which step comes next.
   *
   * @param nextStep from 0
   * @param totalSteps how many there will be
   */
  public void moveTo(long nextStep, long totalSteps) {
    if (nextStep < 0 || nextStep >= totalSteps) {
      throw new IllegalArgumentException(
          "Step (%d) must be at least 0 and below the number of steps (%d)."
              .formatted(nextStep, totalSteps));
    }
    step = nextStep;
    share = totalSteps == 1 ? 0 : (double) nextStep / (totalSteps - 1);
  }

  /** Probability of keeping a path of the given depth in this step. */
  double keep(double depth) {
    return 1 - depth * (1 - finalKeep) * share;
  }

  /** Uniform numbers for one node in this step: the same whenever the step is run. */
  java.util.SplittableRandom random(String node) {
    return new java.util.SplittableRandom(Seeds.mix(Seeds.mix(seed, node.hashCode()), step));
  }
}
