package org.finchnas.worker.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.finchnas.evaluation.Epoch;
import org.finchnas.evaluation.FailureReason;
import org.finchnas.searchspace.network.Network;
import org.finchnas.searchspace.network.TrainedNetwork;
import org.finchnas.worker.graph.Floats;
import org.finchnas.worker.graph.GraphBuilder;
import org.finchnas.worker.graph.GraphWeights;
import org.finchnas.worker.graph.TrainableGraph;
import org.finchnas.worker.training.Batches.Batch;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * One training of one network, from its first step or from a checkpoint, on the calling thread.
 *
 * <p>An epoch visits the images in a new random order in batches of equal size; what is left at its
 * end, less than a batch, waits for another epoch (fewer images than a batch are one batch). The
 * learning rate falls with each step. A continued training goes on in the epoch that its weights
 * have come to, with the learning rate that all of the plan's epochs have there (a warm restart, as
 * it was lower before; momentum starts at rest). Everything random comes from the plan's seed, so
 * equal arguments give equal weights, bit for bit, within a numeric class.
 */
final class Training implements AutoCloseable {

  private final TrainingPlan plan;
  private final Lessons lessons;
  private final TrainingSeed seed;
  private final TrainableGraph graph;
  private final Samples train;
  private final Samples held;
  private final int batchSize;
  private final long stepsPerEpoch;
  private final CosineSchedule schedule;
  private final int epochsBefore;
  private final int epochs;
  private final double inheritedShare;
  private final List<Epoch> curve = new ArrayList<>();

  /**
   * @throws RejectedTrainingException if the training would exceed a limit of the plan
   */
  Training(Network network, Lessons lessons, TrainingPlan plan) throws RejectedTrainingException {
    this.plan = plan;
    this.lessons = lessons;
    this.seed = new TrainingSeed(plan.seed());
    this.batchSize = Math.min(plan.params().batchSize(), lessons.trainSize());
    this.stepsPerEpoch = lessons.trainSize() / batchSize;
    this.schedule = new CosineSchedule(plan.params().learningRate(), stepsPerEpoch * plan.epochs());
    this.epochsBefore = plan.epochsBefore();
    this.epochs = plan.epochs() - epochsBefore;
    TrainingLimits.require(network, plan, batchSize, stepsPerEpoch * epochs);
    this.train = lessons.train(batchSize, plan.params());
    this.held = lessons.held(batchSize);
    this.graph = GraphBuilder.build(network, DataType.FLOAT, seed.graph(), plan.params());
    InitialWeights initial = plan.initial();
    long inherited = initial == null ? 0 : GraphWeights.inherit(graph, initial.network());
    this.inheritedShare = (double) inherited / network.params();
  }

  /** Trains to the end. */
  TrainingOutcome.Finished run(Checkpoints checkpoints, TrainingListener listener)
      throws RejectedTrainingException {
    Optional<Checkpoint> last = checkpoints.load();
    last.filter(this::fits).ifPresent(this::restore);
    if (!curve.isEmpty()) {
      listener.resumed(curve.size());
    }
    while (curve.size() < epochs) {
      curve.add(trainEpoch(epochsBefore + curve.size()));
      listener.epoch(curve.size(), curve.get(curve.size() - 1));
      checkpoints.offer(this::snapshot);
    }
    TrainedNetwork trained = GraphWeights.extract(graph, lessons.normalization(), lessons.labels());
    long trainedImages = stepsPerEpoch * batchSize * epochs;
    return new TrainingOutcome.Finished(trained, curve, trainedImages, inheritedShare);
  }

  @Override
  public void close() {
    graph.close();
  }

  private Epoch trainEpoch(int epoch) throws RejectedTrainingException {
    int[] order = Batches.shuffled(train.size(), seed.order(epoch));
    RandomGenerator random = seed.augmentation(epoch);
    double loss = 0;
    for (int i = 0; i < stepsPerEpoch; i++) {
      int from = i * batchSize;
      Batch batch = train.augmented(order, from, from + batchSize, plan.params(), random);
      loss += step(batch, epoch * stepsPerEpoch + i);
    }
    requireFinite(graph.parameters(), epoch);
    boolean validate = plan.validateEachEpoch() || epoch + 1 == plan.epochs();
    return new Epoch(loss / stepsPerEpoch, validate ? accuracy() : Double.NaN);
  }

  private double step(Batch batch, long step) throws RejectedTrainingException {
    graph.progress().moveTo(step, schedule.steps());
    double loss = graph.step(batch.features(), batch.labels(), schedule.at(step));
    if (!Double.isFinite(loss)) {
      throw new RejectedTrainingException(
          FailureReason.DIVERGED,
          "The loss became %s in step %d of %d.".formatted(loss, step + 1, schedule.steps()));
    }
    return loss;
  }

  private double accuracy() {
    int right = 0;
    int size = held.size();
    // In batches as large as in training: the graph keeps memory for the largest that it has seen.
    for (int from = 0; from < size; from += batchSize) {
      int to = Math.min(size, from + batchSize);
      int[] classes = graph.logits(held.plain(from, to).features()).argMax(1).toIntVector();
      for (int i = from; i < to; i++) {
        right += classes[i - from] == held.label(i) ? 1 : 0;
      }
    }
    return (double) right / size;
  }

  private Checkpoint snapshot() {
    return new Checkpoint(
        curve, graph.parameters().toFloatVector(), graph.velocity().toFloatVector());
  }

  /** One that another version of Finch laid out differently is as good as none. */
  private boolean fits(Checkpoint checkpoint) {
    return checkpoint.parameters().length == graph.parameters().length()
        && checkpoint.velocity().length == graph.velocity().length();
  }

  private void restore(Checkpoint checkpoint) {
    curve.addAll(checkpoint.curve());
    Floats.copy(checkpoint.parameters(), graph.parameters());
    Floats.copy(checkpoint.velocity(), graph.velocity());
  }

  /** A step's loss says nothing of what the step itself made of the weights. */
  private static void requireFinite(INDArray parameters, int epoch)
      throws RejectedTrainingException {
    double sum = parameters.sumNumber().doubleValue();
    if (!Double.isFinite(sum)) {
      throw new RejectedTrainingException(
          FailureReason.DIVERGED,
          "A weight or a batch statistic was not finite after epoch %d.".formatted(epoch + 1));
    }
  }
}
