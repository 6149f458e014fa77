package org.finchnas.evaluation;

/**
 * How a network is trained: SGD with Nesterov-free momentum under a cosine schedule.
 *
 * @param batchSize images a step
 * @param learningRate at the first step; falls to 0 along half a cosine
 * @param weightDecay L2 penalty on convolution and dense weights
 * @param dropPathKeep probability of keeping a path in the last cell at the last step; 1 for none
 * @param gradientClip largest L2 norm of all gradients together; 0 for no clipping
 * @param flip whether images are mirrored at random
 * @param cropPadding pixels an image is padded by before a random crop; 0 for no crop
 * @param classWeights how much an image counts in the loss
 */
public record TrainingParams(
    int batchSize,
    double learningRate,
    double momentum,
    double weightDecay,
    double dropPathKeep,
    double gradientClip,
    boolean flip,
    int cropPadding,
    ClassWeights classWeights) {

  /** The published settings of AmoebaNet and NASNet on CIFAR, at batch 64. */
  public static final TrainingParams DEFAULT =
      new TrainingParams(64, 0.05, 0.9, 5e-4, 1.0, 5.0, true, 4);

  /** All images count alike. */
  public TrainingParams(
      int batchSize,
      double learningRate,
      double momentum,
      double weightDecay,
      double dropPathKeep,
      double gradientClip,
      boolean flip,
      int cropPadding) {
    this(
        batchSize,
        learningRate,
        momentum,
        weightDecay,
        dropPathKeep,
        gradientClip,
        flip,
        cropPadding,
        ClassWeights.NONE);
  }

  public TrainingParams {
    require(batchSize >= 1, "batchSize", batchSize, "at least 1");
    require(learningRate > 0, "learningRate", learningRate, "above 0");
    require(momentum >= 0 && momentum < 1, "momentum", momentum, "in [0, 1)");
    require(weightDecay >= 0, "weightDecay", weightDecay, "0 or more");
    require(dropPathKeep > 0 && dropPathKeep <= 1, "dropPathKeep", dropPathKeep, "in (0, 1]");
    require(gradientClip >= 0, "gradientClip", gradientClip, "0 (no clipping) or more");
    require(cropPadding >= 0, "cropPadding", cropPadding, "0 (no crop) or more");
  }

  private static void require(boolean holds, String name, Number value, String rule) {
    if (!holds) {
      throw new IllegalArgumentException("%s (%s) must be %s.".formatted(name, value, rule));
    }
  }
}
