package org.finchnas.worker.slot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.finchnas.data.DataSetException;
import org.finchnas.evaluation.FailureReason;
import org.finchnas.evaluation.Fidelity;
import org.finchnas.evaluation.Start;
import org.finchnas.evaluation.TrainingTask;
import org.finchnas.evaluation.slot.SlotMessage;
import org.finchnas.evaluation.slot.SlotMessage.Refused;
import org.finchnas.evaluation.slot.SlotMessage.Train;
import org.finchnas.evaluation.slot.SlotMessage.Trained;
import org.finchnas.searchspace.Blueprint;
import org.finchnas.searchspace.network.Network;
import org.finchnas.searchspace.weights.WeightsFile;
import org.finchnas.worker.training.CheckpointKey;
import org.finchnas.worker.training.Checkpoints;
import org.finchnas.worker.training.CrossValidation;
import org.finchnas.worker.training.InitialWeights;
import org.finchnas.worker.training.PreparedTask;
import org.finchnas.worker.training.Trainer;
import org.finchnas.worker.training.TrainingImages;
import org.finchnas.worker.training.TrainingListener;
import org.finchnas.worker.training.TrainingOutcome;
import org.finchnas.worker.training.TrainingPlan;
import org.jspecify.annotations.Nullable;

/**
 * Answers a request to train with what came of it. When the answer is {@link Trained}, the weights
 * are on disk.
 */
final class CandidateTrainer {

  private static final Logger LOG = System.getLogger(CandidateTrainer.class.getName());

  private final PreparedTask prepared;
  private final Duration checkpointAfter;

  /** Of trainings that were answered, while nobody has said that the answer is safe. */
  private final Queue<Checkpoints> answered = new ConcurrentLinkedQueue<>();

  /** Not final: whether this process computed something before. */
  private volatile boolean used;

  /**
   * @param checkpointAfter how long a training runs before its epochs are saved
   */
  CandidateTrainer(PreparedTask prepared, Duration checkpointAfter) {
    this.prepared = prepared;
    this.checkpointAfter = checkpointAfter;
  }

  /**
   * @throws UncheckedIOException if weights or checkpoints cannot be written; then no other
   *     candidate's can
   * @throws DataSetException if the images cannot be decoded in the resolution that is asked for;
   *     then they cannot be for others
   */
  SlotMessage train(Train request, TrainingListener listener) {
    Blueprint blueprint =
        new Blueprint(
            request.design(), prepared.shape(request.fidelity()), prepared.data().labels().size());
    Network network;
    try {
      network = blueprint.assemble();
    } catch (IllegalArgumentException e) {
      return new Refused(request.number(), FailureReason.INVALID, String.valueOf(e.getMessage()));
    }
    TrainingPlan plan = plan(request);
    List<Checkpoints> checkpoints =
        IntStream.range(0, request.fidelity().folds())
            .mapToObj(fold -> checkpoints(blueprint, request, fold, plan))
            .toList();
    TrainingOutcome outcome = train(network, request, plan, checkpoints, listener);
    SlotMessage answer = answer(request.number(), blueprint, outcome);
    if (!isTheMachinesFault(answer)) {
      answered.addAll(checkpoints);
    }
    return answer;
  }

  /**
   * What was answered is safe with whoever asked, so the checkpoints behind it may go. Until then
   * they stay: if the answer is lost with its receiver, the training is not.
   *
   * @throws UncheckedIOException if they cannot be deleted
   */
  void acknowledged() {
    for (Checkpoints each = answered.poll(); each != null; each = answered.poll()) {
      each.discard();
    }
  }

  /** Something else was computed in this process, which may have left less memory. */
  void markUsed() {
    used = true;
  }

  /** Then the candidate is tried again, and goes on where it was. */
  private static boolean isTheMachinesFault(SlotMessage answer) {
    return answer instanceof Refused refused && refused.reason() == FailureReason.MACHINE;
  }

  /** The boundary to native code: what goes wrong there costs one candidate, not the evaluator. */
  private TrainingOutcome train(
      Network network,
      Train request,
      TrainingPlan plan,
      List<Checkpoints> checkpoints,
      TrainingListener listener) {
    boolean fresh = !used;
    used = true;
    try {
      return trainFolds(network, prepared.folds(request.fidelity()), plan, checkpoints, listener);
    } catch (UncheckedIOException | DataSetException e) {
      throw e;
    } catch (OutOfMemoryError e) {
      // What does not fit beside the remains of others may fit into a new process.
      return new TrainingOutcome.Rejected(
          fresh ? FailureReason.MEMORY : FailureReason.MACHINE,
          "Memory ran out: " + e.getMessage());
    } catch (RuntimeException | LinkageError | StackOverflowError e) {
      LOG.log(Level.WARNING, "Candidate " + request.number() + " could not be trained.", e);
      return new TrainingOutcome.Rejected(FailureReason.MACHINE, String.valueOf(e.getMessage()));
    }
  }

  /** One training after the other; what one of them is rejected for the candidate is. */
  private static TrainingOutcome trainFolds(
      Network network,
      List<TrainingImages> folds,
      TrainingPlan plan,
      List<Checkpoints> checkpoints,
      TrainingListener listener) {
    List<TrainingOutcome.Finished> finished = new ArrayList<>();
    for (int fold = 0; fold < folds.size(); fold++) {
      int before = fold * plan.epochs();
      TrainingOutcome outcome =
          Trainer.train(
              network,
              folds.get(fold),
              plan,
              checkpoints.get(fold),
              (epochs, last) -> listener.epoch(before + epochs, last));
      if (!(outcome instanceof TrainingOutcome.Finished whole)) {
        return outcome;
      }
      finished.add(whole);
    }
    return CrossValidation.of(finished, folds);
  }

  private SlotMessage answer(int number, Blueprint blueprint, TrainingOutcome outcome) {
    if (outcome instanceof TrainingOutcome.Finished finished) {
      String weights = store(new WeightsFile(blueprint, finished.network()));
      return new Trained(
          number,
          finished.accuracy(),
          finished.learningCurve(),
          weights,
          finished.trainedImages(),
          finished.inheritedShare());
    }
    TrainingOutcome.Rejected rejected = (TrainingOutcome.Rejected) outcome;
    return new Refused(number, rejected.reason(), rejected.message());
  }

  private String store(WeightsFile weights) {
    Path directory = Path.of(prepared.task().weightsDirectory());
    try {
      return weights.writeInto(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Weights cannot be written into %s (%s). Make room on that disk, or mend it."
              .formatted(directory, e.getMessage()),
          e);
    }
  }

  private TrainingPlan plan(Train request) {
    TrainingTask task = prepared.task();
    return new TrainingPlan(
        task.params(),
        request.fidelity().epochs(),
        request.seed(),
        false,
        maxSteps(request.fidelity()),
        task.maxBytes(),
        initialWeights(request.start()));
  }

  /** Of one fold: the limit is one of all steps of a candidate. 0 would stand for no limit. */
  private long maxSteps(Fidelity fidelity) {
    long all = prepared.task().maxSteps();
    return all == 0 ? 0 : Math.max(1, all / fidelity.folds());
  }

  private @Nullable InitialWeights initialWeights(@Nullable Start start) {
    if (start == null) {
      return null;
    }
    Path file =
        Path.of(prepared.task().weightsDirectory()).resolve(start.weights() + WeightsFile.SUFFIX);
    try {
      return new InitialWeights(WeightsFile.read(file).trained(), start.weights(), start.epochs());
    } catch (IOException e) {
      throw new UncheckedIOException(
          "The weights of candidate %d, which this one starts from, cannot be read (%s). Restore %s from a copy, or cut the run's evaluations.jsonl off before the line of that candidate to train it again."
              .formatted(start.number(), e, file),
          e);
    }
  }

  private Checkpoints checkpoints(Blueprint blueprint, Train request, int fold, TrainingPlan plan) {
    return Checkpoints.in(
        Path.of(prepared.task().checkpointDirectory()),
        CheckpointKey.of(prepared, blueprint, request.fidelity(), fold, plan),
        checkpointAfter);
  }
}
