package org.finchnas.worker.training;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.finchnas.evaluation.Epoch;
import org.finchnas.searchspace.network.Head;
import org.finchnas.searchspace.network.Network;
import org.finchnas.searchspace.network.Tensor;
import org.finchnas.searchspace.network.TrainedNetwork;
import org.finchnas.worker.training.TrainingOutcome.Finished;

/**
 * Teaches a trained network other classes, on the calling thread: first a new head alone, on
 * features that the frozen body computes once; then, where that is asked for, everything.
 *
 * <p>The frozen body takes part in no step, so its weights and batch statistics stay as they are to
 * the bit. Equal arguments give equal weights, bit for bit, within a numeric class; so does a
 * transfer that was killed and goes on.
 */
public final class Transfer {

  private final Network network;
  private final TrainingImages images;
  private final TransferPlan plan;
  private final TransferCheckpoints checkpoints;

  private Transfer(
      Network network, TrainingImages images, TransferPlan plan, TransferCheckpoints checkpoints) {
    this.network = network;
    this.images = images;
    this.plan = plan;
    this.checkpoints = checkpoints;
  }

  /**
   * Transfers, from the start or from where an equal transfer left checkpoints.
   *
   * @param network the base with a head for the new classes
   * @param images of the new classes; normalised as the base knows images, whatever they say
   * @throws IllegalArgumentException if the network is not the base with another head
   * @throws java.io.UncheckedIOException if checkpoints or features cannot be written or read
   */
  public static TrainingOutcome train(
      Network network,
      TrainingImages images,
      TransferPlan plan,
      TransferCheckpoints checkpoints,
      TrainingListener listener) {
    requireOnlyAnotherHead(network, plan.base().network());
    TrainingImages known =
        new TrainingImages(
            images.train(), images.held(), plan.base().network().normalization(), images.labels());
    return new Transfer(network, known, plan, checkpoints).run(listener);
  }

  private static void requireOnlyAnotherHead(Network network, TrainedNetwork base) {
    if (!Head.of(network).body().equals(Head.of(base.network()).body())) {
      throw new IllegalArgumentException(
          "%s and %s differ in more than their heads."
              .formatted(network.name(), base.network().name()));
    }
  }

  private TrainingOutcome run(TrainingListener listener) {
    TrainingOutcome outcome = trainHead(listener);
    if (!(outcome instanceof Finished head)) {
      return outcome;
    }
    TrainedNetwork joined = joined(head.network());
    if (plan.tuningEpochs() == 0) {
      return finished(joined, head.learningCurve(), head.trainedImages());
    }
    TrainingOutcome tuned =
        Trainer.train(
            network, images, plan.tuning(joined), checkpoints.tuning(), new Later(listener));
    if (!(tuned instanceof Finished whole)) {
      return tuned;
    }
    List<Epoch> curve = new ArrayList<>(head.learningCurve());
    curve.addAll(whole.learningCurve());
    return finished(whole.network(), curve, head.trainedImages() + whole.trainedImages());
  }

  private TrainingOutcome trainHead(TrainingListener listener) {
    try (FeatureLessons lessons =
        new FeatureLessons(plan.base().network(), images, checkpoints.directory())) {
      return Trainer.train(
          Head.of(network).alone(), lessons, plan.head(), checkpoints.head(), listener);
    }
  }

  private TrainedNetwork joined(TrainedNetwork head) {
    TrainedNetwork base = plan.base().network();
    Map<String, Tensor> weights = new HashMap<>(base.weights());
    weights.keySet().removeAll(Head.of(base.network()).weightNames());
    weights.putAll(head.weights());
    return new TrainedNetwork(network, weights, images.normalization(), images.labels());
  }

  private Finished finished(TrainedNetwork trained, List<Epoch> curve, long trainedImages) {
    long fresh = Head.of(network).alone().params();
    double share = 1 - (double) fresh / network.params();
    return new Finished(trained, curve, trainedImages, share);
  }

  /** Counts the epochs of the head, too. */
  private final class Later implements TrainingListener {

    private final TrainingListener listener;

    Later(TrainingListener listener) {
      this.listener = listener;
    }

    @Override
    public void resumed(int epochs) {
      listener.resumed(plan.epochs() + epochs);
    }

    @Override
    public void epoch(int epochs, Epoch last) {
      listener.epoch(plan.epochs() + epochs, last);
    }
  }
}
