package org.finchnas.coordinator.slots;

import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import org.finchnas.evaluation.Candidate;
import org.finchnas.evaluation.Evaluation;
import org.finchnas.evaluation.Evaluation.Failed;
import org.finchnas.evaluation.Execution;
import org.finchnas.evaluation.FailureReason;
import org.finchnas.evaluation.ProxyAnswer;
import org.finchnas.evaluation.ProxyRequest;
import org.finchnas.evaluation.slot.SlotMessage;
import org.finchnas.evaluation.slot.SlotMessage.Progress;
import org.finchnas.evaluation.slot.SlotMessage.Refused;
import org.finchnas.evaluation.slot.SlotMessage.Score;
import org.finchnas.evaluation.slot.SlotMessage.Scored;
import org.finchnas.evaluation.slot.SlotMessage.Train;
import org.finchnas.evaluation.slot.SlotMessage.Trained;
import org.finchnas.evaluation.slot.SlotMessage.Unable;
import org.jspecify.annotations.Nullable;

/**
 * One place to train in: a process at a time, started afresh when it was lost. Used by one thread;
 * {@link #close} by any.
 */
final class Slot implements AutoCloseable {

  /** One request at a time needs no numbers to tell them apart. */
  private static final int SCORE_NUMBER = 0;

  private final int index;
  private final SlotPoolParams params;
  private final SlotStarter starter;
  private final SlotListener listener;
  private final SlotLog log;

  /** Not final: the process now running, if any. */
  private @Nullable SlotProcess process;

  private boolean closed;

  /** Whether the process has a candidate that may be abandoned. */
  private boolean training;

  private boolean abandoned;

  /** Not final: why a process was last lost. */
  private String lastLoss = "";

  Slot(int index, SlotPoolParams params, SlotStarter starter, SlotListener listener) {
    this.index = index;
    this.params = params;
    this.starter = starter;
    this.listener = listener;
    this.log = new SlotLog(params.logDirectory().resolve("slot-%d.log".formatted(index)));
  }

  /**
   * Starts a process unless one is running.
   *
   * @throws SlotFailedException if it is lost before it is ready, as often as it is tried
   */
  SlotProcess ready() {
    for (int attempt = 0; ; attempt++) {
      try {
        SlotProcess running = process;
        return running == null ? start() : running;
      } catch (SlotLostException e) {
        drop();
        if (attempt >= params.retries() || isClosed()) {
          throw new SlotFailedException(
              "Slot %d was lost before it was ready. %s Its last words (all of them are in %s):%n%s"
                  .formatted(index, e.getMessage(), log.file(), log.tail()),
              e);
        }
      }
    }
  }

  private SlotProcess start() throws SlotLostException {
    SlotProcess started = starter.launch(index, log);
    adopt(started);
    starter.greet(started);
    return started;
  }

  /**
   * Trains until there is an outcome or no attempt is left.
   *
   * @param unwanted whether nobody waits for the outcome any more, before {@link #abandon} is
   *     called: then it does not matter what this gives
   * @throws SlotFailedException if the slot says that no candidate can be trained any more
   */
  Evaluation train(Candidate candidate, BooleanSupplier unwanted) {
    for (int attempt = 0; ; attempt++) {
      SlotProcess running = ready();
      Instant started = Instant.now();
      if (!begin(unwanted)) {
        return lost(candidate, "Nobody wants it.", running, started);
      }
      try {
        listener.started(index, candidate);
        SlotMessage answer = exchange(running, candidate);
        return evaluation(candidate, answer, execution(running, started));
      } catch (SlotLostException e) {
        drop();
        boolean inVain = unwanted.getAsBoolean() || isClosed();
        lastLoss = String.valueOf(e.getMessage());
        if (!inVain) {
          listener.lost(index, candidate, lastLoss);
        }
        if (attempt >= params.retries() || inVain) {
          String message = "Lost %d times with its slot. %s".formatted(attempt + 1, lastLoss);
          return lost(candidate, message, running, started);
        }
      } finally {
        end();
      }
    }
  }

  private Failed lost(Candidate candidate, String message, SlotProcess running, Instant started) {
    return new Failed(candidate, FailureReason.MACHINE, message, execution(running, started));
  }

  private synchronized boolean begin(BooleanSupplier unwanted) {
    training = !unwanted.getAsBoolean();
    return training;
  }

  /** A process that was killed at the last moment is not the next candidate's. */
  private synchronized void end() {
    training = false;
    if (abandoned) {
      abandoned = false;
      drop();
    }
  }

  /**
   * Computes proxies until there is an answer or no attempt is left: then there are none.
   *
   * @throws SlotFailedException if the slot says that it cannot go on
   */
  ProxyAnswer score(ProxyRequest request) {
    for (int attempt = 0; attempt <= params.retries() && !isClosed(); attempt++) {
      try {
        return exchange(ready(), request);
      } catch (SlotLostException e) {
        drop();
        lastLoss = String.valueOf(e.getMessage());
        listener.lost(index, request, lastLoss);
      }
    }
    return ProxyAnswer.LOST;
  }

  private ProxyAnswer exchange(SlotProcess running, ProxyRequest request) throws SlotLostException {
    running.send(
        new Score(
            SCORE_NUMBER,
            request.architecture().notation(),
            request.fidelity(),
            request.seed(),
            request.proxies()));
    SlotMessage answer = running.receiveScore();
    requireAble(answer);
    if (answer instanceof Refused refused) {
      throw running.dismiss(refused.message());
    }
    if (!(answer instanceof Scored scored)) {
      throw running.unexpected(answer);
    }
    return ProxyAnswer.of(scored.values());
  }

  /** Why a process of this slot was last lost; empty before. For the thread that uses it. */
  String lastLoss() {
    return lastLoss;
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (process != null) {
      process.end();
    }
  }

  private SlotMessage exchange(SlotProcess running, Candidate candidate) throws SlotLostException {
    running.send(Train.of(candidate));
    SlotMessage answer = running.receive();
    while (answer instanceof Progress progress && progress.number() == candidate.number()) {
      listener.epoch(index, candidate, progress.epochs(), progress.last());
      answer = running.receive();
    }
    requireAble(answer);
    boolean proper =
        (answer instanceof Trained trained && trained.number() == candidate.number())
            || (answer instanceof Refused refused && refused.number() == candidate.number());
    if (!proper) {
      throw running.unexpected(answer);
    }
    if (answer instanceof Refused refused && refused.reason() == FailureReason.MACHINE) {
      throw running.dismiss(refused.message());
    }
    return answer;
  }

  private void requireAble(SlotMessage answer) {
    if (answer instanceof Unable unable) {
      throw new SlotFailedException("Slot %d cannot go on. %s".formatted(index, unable.message()));
    }
  }

  private static Evaluation evaluation(
      Candidate candidate, SlotMessage answer, Execution execution) {
    if (answer instanceof Trained trained) {
      return trained.evaluation(candidate, execution);
    }
    Refused refused = (Refused) answer;
    return new Failed(candidate, refused.reason(), refused.message(), execution);
  }

  private Execution execution(SlotProcess running, Instant started) {
    return new Execution(
        params.host(), running.pid(), started, Duration.between(started, Instant.now()));
  }

  private synchronized void adopt(SlotProcess started) {
    process = started;
    if (closed) {
      started.kill();
    }
  }

  private synchronized void drop() {
    if (process != null) {
      process.kill();
      process = null;
    }
  }

  /** Ends the training that it is at, if it is; the process is started afresh for the next. */
  synchronized void abandon() {
    if (training && process != null) {
      abandoned = true;
      process.kill();
    }
  }

  private synchronized boolean isClosed() {
    return closed;
  }
}
