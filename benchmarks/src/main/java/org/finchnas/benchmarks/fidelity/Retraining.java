package org.finchnas.benchmarks.fidelity;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.finchnas.coordinator.ToldEvaluation;
import org.finchnas.coordinator.slots.SlotPool;
import org.finchnas.evaluation.Candidate;
import org.finchnas.evaluation.Evaluation;
import org.finchnas.evaluation.Evaluation.Completed;
import org.finchnas.evaluation.Fidelity;
import org.finchnas.evaluation.Hypervolume;
import org.finchnas.evaluation.Objective;
import org.finchnas.evaluation.ParetoFront;

/**
 * The networks of a front trained once more at full fidelity, from fresh weights and with other
 * seeds: without the luck that selects, and without what their ancestors learnt.
 *
 * @param networks how many
 * @param before mean validation accuracy as the search saw it
 * @param after mean validation accuracy of the repeats
 * @param hypervolume of the repeats
 */
record Retraining(int networks, double before, double after, double hypervolume) {

  private static final long SEED = 0x5eed;

  /** Of the front of the first evaluations told. */
  static Retraining of(
      SearchRun run,
      List<ToldEvaluation> told,
      int evaluations,
      Fidelity full,
      Hypervolume measure) {
    ParetoFront<Completed> front = ParetoFront.ofEvaluations(run.config().objectives());
    for (ToldEvaluation each : told.subList(0, evaluations)) {
      if (each.evaluation() instanceof Completed completed
          && completed.candidate().fidelity().equals(full)) {
        front.add(completed);
      }
    }
    List<Completed> members = front.members();
    List<Evaluation> repeats = run.train(slots -> repeats(slots, members, full));
    double before = 0;
    double after = 0;
    List<double[]> vectors = new ArrayList<>();
    for (int i = 0; i < members.size(); i++) {
      before += members.get(i).score(Objective.VALIDATION_ACCURACY);
      double accuracy =
          repeats.get(i) instanceof Completed completed
              ? completed.score(Objective.VALIDATION_ACCURACY)
              : 0;
      after += accuracy;
      vectors.add(new double[] {accuracy, members.get(i).score(Objective.MACS)});
    }
    int count = Math.max(1, members.size());
    return new Retraining(
        members.size(), before / count, after / count, measure.of(vectors).volume());
  }

  private static List<Evaluation> repeats(SlotPool slots, List<Completed> members, Fidelity full) {
    List<CompletableFuture<Evaluation>> repeats = new ArrayList<>();
    for (Completed member : members) {
      int number = member.candidate().number();
      repeats.add(
          slots.submit(
              new Candidate(
                  number, member.candidate().architecture(), full, SEED + number, null, null)));
    }
    return repeats.stream().map(CompletableFuture::join).toList();
  }
}
