package org.finchnas.worker.slot;

import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import org.finchnas.data.DataSetException;
import org.finchnas.evaluation.FailureReason;
import org.finchnas.evaluation.slot.SlotMessage;
import org.finchnas.evaluation.slot.SlotMessage.Refused;
import org.finchnas.evaluation.slot.SlotMessage.Score;
import org.finchnas.evaluation.slot.SlotMessage.Scored;
import org.finchnas.searchspace.Blueprint;
import org.finchnas.searchspace.network.Network;
import org.finchnas.worker.proxy.ZeroCostProxies;
import org.finchnas.worker.training.PreparedTask;
import org.finchnas.worker.training.RejectedTrainingException;
import org.finchnas.worker.training.TrainingPlan;

/** Answers a request for zero-cost proxies. */
final class CandidateScorer {

  private static final Logger LOG = System.getLogger(CandidateScorer.class.getName());

  private final PreparedTask prepared;

  CandidateScorer(PreparedTask prepared) {
    this.prepared = prepared;
  }

  /**
   * What the architecture itself is the reason for is an answer without values.
   *
   * @throws DataSetException if the images cannot be decoded in the resolution that is asked for;
   *     then they cannot be for others
   */
  SlotMessage score(Score request) {
    Network network;
    try {
      network =
          new Blueprint(
                  request.design(),
                  prepared.shape(request.fidelity()),
                  prepared.data().labels().size())
              .assemble();
    } catch (IllegalArgumentException e) {
      return new Scored(request.number(), Map.of());
    }
    return score(network, request);
  }

  /** The boundary to native code: what goes wrong there costs one answer. */
  private SlotMessage score(Network network, Score request) {
    TrainingPlan plan =
        new TrainingPlan(
            prepared.task().params(),
            request.fidelity().epochs(),
            request.seed(),
            false,
            0,
            prepared.task().maxBytes(),
            null);
    try {
      return new Scored(
          request.number(),
          ZeroCostProxies.of(
              network, prepared.images(request.fidelity()), plan, request.proxies()));
    } catch (RejectedTrainingException e) {
      return new Scored(request.number(), Map.of());
    } catch (UncheckedIOException | DataSetException e) {
      throw e;
    } catch (RuntimeException | Error e) {
      LOG.log(Level.WARNING, request.design() + " could not be scored.", e);
      return new Refused(request.number(), FailureReason.MACHINE, String.valueOf(e.getMessage()));
    }
  }
}
