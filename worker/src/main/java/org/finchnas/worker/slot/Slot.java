package org.finchnas.worker.slot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import org.finchnas.data.DataSet;
import org.finchnas.data.DataSetException;
import org.finchnas.evaluation.FailureReason;
import org.finchnas.evaluation.TrainingTask;
import org.finchnas.evaluation.slot.SlotChannel;
import org.finchnas.evaluation.slot.SlotMessage;
import org.finchnas.evaluation.slot.SlotMessage.Hello;
import org.finchnas.evaluation.slot.SlotMessage.Prepare;
import org.finchnas.evaluation.slot.SlotMessage.Progress;
import org.finchnas.evaluation.slot.SlotMessage.Ready;
import org.finchnas.evaluation.slot.SlotMessage.Refused;
import org.finchnas.evaluation.slot.SlotMessage.Score;
import org.finchnas.evaluation.slot.SlotMessage.Stop;
import org.finchnas.evaluation.slot.SlotMessage.Train;
import org.finchnas.evaluation.slot.SlotMessage.Unable;
import org.finchnas.worker.NativeBackend;
import org.finchnas.worker.training.NumericClass;
import org.finchnas.worker.training.PreparedTask;
import org.jspecify.annotations.Nullable;

/**
 * The slot's side of the conversation. The calling thread listens, so that the end of the input is
 * noticed at any moment; another one trains.
 */
final class Slot {

  private final SlotChannel channel;
  private final ExecutorService training;
  private final Duration checkpointAfter;
  // Belong to the training thread.
  private @Nullable CandidateTrainer trainer;
  private @Nullable CandidateScorer scorer;

  Slot(SlotChannel channel, ExecutorService training, Duration checkpointAfter) {
    this.channel = channel;
    this.training = training;
    this.checkpointAfter = checkpointAfter;
  }

  /**
   * Greets, then does what it is asked until it is told to stop or its owner is gone.
   *
   * @throws IOException if what arrives is no message for a slot
   */
  void serve(String numericClass) throws IOException {
    channel.send(new Hello(SlotChannel.PROTOCOL, ProcessHandle.current().pid(), numericClass));
    Optional<SlotMessage> message = channel.receive();
    while (message.isPresent() && !(message.get() instanceof Stop)) {
      accept(message.get());
      message = channel.receive();
    }
  }

  private void accept(SlotMessage message) throws IOException {
    if (message instanceof Prepare prepare) {
      training.execute(() -> send(prepare(prepare.task())));
    } else if (message instanceof Train request) {
      training.execute(() -> send(train(request)));
    } else if (message instanceof Score request) {
      training.execute(() -> send(score(request)));
    } else {
      throw new IOException("A slot is not told " + message + ".");
    }
  }

  /** Where the owner's wishes meet this machine: whatever goes wrong becomes an answer. */
  private SlotMessage prepare(TrainingTask task) {
    try {
      NativeBackend.select().requireWorking();
      NumericClass.requireKnown();
      PreparedTask prepared = PreparedTask.of(task);
      trainer = new CandidateTrainer(prepared, checkpointAfter);
      scorer = new CandidateScorer(prepared);
      DataSet data = prepared.data();
      return new Ready(
          data.contentHash(),
          data.train().channels(),
          data.labels(),
          prepared.trainImages(),
          prepared.validationImages());
    } catch (Exception | LinkageError | OutOfMemoryError e) {
      return new Unable(describe(e));
    }
  }

  private SlotMessage train(Train request) {
    CandidateTrainer current = trainer;
    if (current == null) {
      return new Unable("A slot must be told Prepare, and answer Ready, before Train.");
    }
    try {
      // Whoever asks for the next has made sure of the last.
      current.acknowledged();
      return current.train(
          request, (epochs, last) -> send(new Progress(request.number(), epochs, last)));
    } catch (UncheckedIOException | DataSetException e) {
      return new Unable(describe(e));
    } catch (Exception | Error e) {
      // Also what no caller could mend: without an answer the slot would pass for hung.
      return new Refused(request.number(), FailureReason.MACHINE, describe(e));
    }
  }

  private SlotMessage score(Score request) {
    CandidateScorer current = scorer;
    CandidateTrainer beside = trainer;
    if (current == null || beside == null) {
      return new Unable("A slot must be told Prepare, and answer Ready, before Score.");
    }
    try {
      beside.acknowledged();
      beside.markUsed();
      return current.score(request);
    } catch (UncheckedIOException | DataSetException e) {
      return new Unable(describe(e));
    }
  }

  private void send(SlotMessage message) {
    try {
      channel.send(message);
    } catch (IOException e) {
      throw new UncheckedIOException("The owner of this slot is gone.", e);
    }
  }

  private static String describe(Throwable problem) {
    String message = problem.getMessage();
    return message == null ? problem.getClass().getSimpleName() : message;
  }
}
