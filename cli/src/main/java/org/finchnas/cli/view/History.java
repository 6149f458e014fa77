package org.finchnas.cli.view;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.finchnas.coordinator.ToldEvaluation;
import org.finchnas.evaluation.Candidate;
import org.finchnas.evaluation.Epoch;
import org.finchnas.evaluation.Evaluation.Completed;
import org.finchnas.evaluation.Start;
import org.jspecify.annotations.Nullable;

/** The evaluations of a run by the numbers of their candidates. */
final class History {

  private final Map<Integer, ToldEvaluation> byNumber = new HashMap<>();

  History(List<ToldEvaluation> told) {
    told.forEach(each -> byNumber.put(each.number(), each));
  }

  Optional<ToldEvaluation> find(int number) {
    return Optional.ofNullable(byNumber.get(number));
  }

  /** The candidate itself, what it comes from, and so on to a founder. */
  List<ToldEvaluation> lineage(ToldEvaluation candidate) {
    List<ToldEvaluation> lineage = new ArrayList<>();
    Set<Integer> seen = new HashSet<>();
    ToldEvaluation at = candidate;
    // A log of another's making could go round in circles.
    while (at != null && seen.add(at.number())) {
      lineage.add(at);
      at = byNumber.get(origin(at.evaluation().candidate()));
    }
    return lineage;
  }

  /** What it goes on from, or was bred from. */
  private static @Nullable Integer origin(Candidate candidate) {
    return isPromoted(candidate) ? promotedFrom(candidate) : candidate.parent();
  }

  static boolean isPromoted(Candidate candidate) {
    Start start = candidate.start();
    return start != null && start.kind() == Start.Kind.CONTINUED;
  }

  private static @Nullable Integer promotedFrom(Candidate candidate) {
    Start start = candidate.start();
    return start == null ? null : start.number();
  }

  /** All epochs that its weights have seen, over all rungs it climbed. */
  List<Epoch> curve(ToldEvaluation candidate) {
    List<Epoch> curve = new ArrayList<>();
    for (ToldEvaluation each : lineage(candidate)) {
      if (each.evaluation() instanceof Completed completed) {
        curve.addAll(0, completed.learningCurve());
      }
      if (!isPromoted(each.evaluation().candidate())) {
        break;
      }
    }
    return curve;
  }
}
