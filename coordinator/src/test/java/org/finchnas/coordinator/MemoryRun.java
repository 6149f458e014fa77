package org.finchnas.coordinator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.finchnas.evaluation.Candidate;
import org.finchnas.evaluation.Evaluation;

/** A run directory that forgets nothing while this object lives, and can break at any write. */
final class MemoryRun implements EvaluationLog, FinishedEvaluations {

  private final List<ToldEvaluation> told = new ArrayList<>();
  private final Map<Integer, Evaluation> finished = new HashMap<>();
  private int writesLeft = Integer.MAX_VALUE;
  private boolean breaksAfterWriting;

  RunRecord open() {
    writesLeft = Integer.MAX_VALUE;
    return new RunRecord(this, this);
  }

  /** The same, but the given write fails; its effect is there if {@code afterWriting}. */
  RunRecord openBreakingAt(int write, boolean afterWriting) {
    writesLeft = write;
    breaksAfterWriting = afterWriting;
    return new RunRecord(this, this);
  }

  @Override
  public synchronized List<ToldEvaluation> told() {
    return List.copyOf(told);
  }

  @Override
  public synchronized void append(ToldEvaluation next) {
    write(() -> told.add(next));
  }

  @Override
  public synchronized Optional<Evaluation> find(Candidate candidate) {
    return Optional.ofNullable(finished.get(candidate.number()))
        .filter(evaluation -> evaluation.candidate().equals(candidate));
  }

  @Override
  public synchronized void put(Evaluation evaluation) {
    write(() -> finished.put(evaluation.candidate().number(), evaluation));
  }

  synchronized Map<Integer, Evaluation> finished() {
    return Map.copyOf(finished);
  }

  /** Once broken, nothing is written any more: the process is as good as dead. */
  private void write(Runnable effect) {
    writesLeft--;
    if (writesLeft > 0 || (writesLeft == 0 && breaksAfterWriting)) {
      effect.run();
    }
    if (writesLeft <= 0) {
      throw new UncheckedIOException(new IOException("No space left on device."));
    }
  }
}
