package org.finchnas.cli;

import java.util.concurrent.CompletableFuture;
import org.finchnas.coordinator.TrainingSite;
import org.finchnas.data.DataSet;
import org.finchnas.data.StratifiedSplit;
import org.finchnas.evaluation.Candidate;
import org.finchnas.evaluation.Evaluation;
import org.finchnas.evaluation.ProxyAnswer;
import org.finchnas.evaluation.ProxyRequest;
import org.finchnas.evaluation.slot.SlotMessage.Ready;

/** Nobody, for a run that has told all its evaluations and only has to be exported. */
final class NothingLeft implements Crew, TrainingSite {

  private final SearchParts parts;
  private final Output output;

  NothingLeft(SearchParts parts, Output output) {
    this.parts = parts;
    this.output = output;
  }

  @Override
  public TrainingSite start() {
    output.say(
        "Finch %s · run %s · seed %d · nothing left to train",
        Version.current(), parts.run().path(), parts.config().seed());
    return this;
  }

  @Override
  public CompletableFuture<Evaluation> submit(Candidate candidate) {
    throw new IllegalStateException(
        "The run is complete, yet candidate %d is to be trained.".formatted(candidate.number()));
  }

  /** {@inheritDoc} Replaying a run asks for proxies that were not recorded. */
  @Override
  public CompletableFuture<ProxyAnswer> submit(ProxyRequest request) {
    return CompletableFuture.completedFuture(ProxyAnswer.LOST);
  }

  @Override
  public int slots() {
    return 0;
  }

  @Override
  public String numericClass() {
    return parts.run().provenance().numericClass();
  }

  @Override
  public Ready images() {
    DataSet data = parts.data();
    StratifiedSplit split =
        StratifiedSplit.of(
            data.train().labels(),
            parts.config().data().validation(),
            parts.config().data().splitSeed());
    return new Ready(
        data.contentHash(),
        data.train().channels(),
        data.labels(),
        split.train().length,
        split.validation().length);
  }

  @Override
  public void close() {
    // It has nothing.
  }
}
