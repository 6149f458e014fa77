package org.finchnas.worker.training;

import org.finchnas.evaluation.TrainingParams;
import org.finchnas.searchspace.network.TrainedNetwork;

/**
 * What decides how a trained network learns other classes.
 *
 * @param params of the head's training; tuning begins with a tenth of the learning rate
 * @param epochs passes over the training images in which the new head alone learns, at least 1
 * @param tuningEpochs passes after these in which everything does, 0 for none
 * @param base the network that it was, with the hash of its weights
 */
public record TransferPlan(
    TrainingParams params, int epochs, int tuningEpochs, long seed, InitialWeights base) {

  private static final double TUNING_RATE = 0.1;

  public TransferPlan {
    if (epochs < 1 || tuningEpochs < 0) {
      throw new IllegalArgumentException(
          "A transfer needs at least 1 epoch (%d) for the head, and 0 or more (%d) for everything."
              .formatted(epochs, tuningEpochs));
    }
  }

  /** Of both parts together. */
  public int allEpochs() {
    return epochs + tuningEpochs;
  }

  /** What decides the transfer, as a training plan: for its checkpoints. */
  public TrainingPlan whole() {
    return new TrainingPlan(params, allEpochs(), seed, true, 0, 0, base);
  }

  /** The head starts fresh, as everything in a training from the start. */
  TrainingPlan head() {
    return new TrainingPlan(params, epochs, seed, true, 0, 0, null);
  }

  /** Everything starts from what the body was and the head has learnt. */
  TrainingPlan tuning(TrainedNetwork so) {
    TrainingParams slower =
        new TrainingParams(
            params.batchSize(),
            TUNING_RATE * params.learningRate(),
            params.momentum(),
            params.weightDecay(),
            params.dropPathKeep(),
            params.gradientClip(),
            params.flip(),
            params.cropPadding(),
            params.classWeights());
    return new TrainingPlan(
        slower, tuningEpochs, seed, true, 0, 0, new InitialWeights(so, base.hash(), 0));
  }
}
