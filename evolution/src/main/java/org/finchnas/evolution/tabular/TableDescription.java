package org.finchnas.evolution.tabular;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.finchnas.evaluation.Constraint;
import org.finchnas.evaluation.Direction;
import org.finchnas.evaluation.Objective;

/**
 * What the columns of a table mean.
 *
 * @param name of the benchmark
 * @param architecture the column that names an architecture
 * @param token matches one choice after the other in that column; what lies between is ignored
 * @param seen the columns a search is told from: one is drawn for each evaluation
 * @param reported the column that regret and hypervolume are about
 * @param direction of both
 * @param costs columns that are known before an evaluation and should be small
 * @param hypervolumeCosts those of them that are objectives beside {@code reported} where the
 *     hypervolume is measured; at least one if there are costs
 * @param reference the worst that counts towards the hypervolume, by column; where a column is
 *     missing it is the worst of the table
 * @param limits hard caps on costs, by column
 * @param fidelities cheaper evaluations, cheapest first
 */
public record TableDescription(
    String name,
    String architecture,
    Pattern token,
    List<String> seen,
    String reported,
    Direction direction,
    List<String> costs,
    List<String> hypervolumeCosts,
    Map<String, Double> reference,
    Map<String, Double> limits,
    List<CheaperFidelity> fidelities) {

  /**
   * A column with results of a cheaper evaluation.
   *
   * @param cost as a share of a full evaluation's, in (0, 1)
   */
  public record CheaperFidelity(String column, double cost) {

    public CheaperFidelity {
      if (!(cost > 0 && cost < 1)) {
        throw new IllegalArgumentException(
            "The cost of fidelity %s (%s) must be a share of a full evaluation's, above 0 and below 1."
                .formatted(column, cost));
      }
    }
  }

  public TableDescription {
    seen = List.copyOf(seen);
    costs = List.copyOf(costs);
    hypervolumeCosts = List.copyOf(hypervolumeCosts);
    reference = Map.copyOf(reference);
    limits = Map.copyOf(limits);
    fidelities = List.copyOf(fidelities);
    if (seen.isEmpty()) {
      throw new IllegalArgumentException("seen must name at least one column.");
    }
    requireAmong(costs, hypervolumeCosts, "hypervolume.costs");
    requireAmong(costs, new TreeMap<>(limits).keySet(), "limits");
    Set<String> measured = new LinkedHashSet<>(hypervolumeCosts);
    measured.add(reported);
    requireAmong(measured, new TreeMap<>(reference).keySet(), "hypervolume.reference");
    requireRising(fidelities);
  }

  private static void requireAmong(Iterable<String> known, Iterable<String> names, String setting) {
    for (String each : names) {
      boolean found = false;
      for (String column : known) {
        found |= column.equals(each);
      }
      if (!found) {
        throw new IllegalArgumentException(
            "%s (%s) must be among %s. Maybe name it there too.".formatted(setting, each, known));
      }
    }
  }

  private static void requireRising(List<CheaperFidelity> fidelities) {
    for (int i = 1; i < fidelities.size(); i++) {
      if (!(fidelities.get(i).cost() > fidelities.get(i - 1).cost())) {
        throw new IllegalArgumentException(
            "fidelities must cost more from one to the next, but %s follows %s."
                .formatted(fidelities.get(i), fidelities.get(i - 1)));
      }
    }
  }

  /** The quality that is searched for. */
  public Objective quality() {
    return new Objective(reported, direction, "");
  }

  /** What the hypervolume is about. */
  public List<Objective> hypervolumeObjectives() {
    List<Objective> objectives = new ArrayList<>(List.of(quality()));
    hypervolumeCosts.forEach(cost -> objectives.add(cost(cost)));
    return List.copyOf(objectives);
  }

  List<Constraint> constraints() {
    return new TreeMap<>(limits)
        .entrySet().stream()
            .map(limit -> new Constraint(cost(limit.getKey()), limit.getValue()))
            .toList();
  }

  private static Objective cost(String column) {
    return new Objective(column, Direction.MINIMIZE, "");
  }
}
