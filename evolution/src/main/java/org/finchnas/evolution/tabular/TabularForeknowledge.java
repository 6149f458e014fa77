package org.finchnas.evolution.tabular;

import java.util.List;
import org.finchnas.evaluation.Objective;
import org.finchnas.evolution.algorithm.Foreknowledge;

/** The columns of costs, known beforehand; what the table lacks cannot be built. */
record TabularForeknowledge(BenchmarkTable table, List<Objective> objectives)
    implements Foreknowledge<TabularArchitecture> {

  TabularForeknowledge {
    objectives = List.copyOf(objectives);
  }

  @Override
  public double violation(TabularArchitecture architecture) {
    return table.violation(architecture);
  }

  @Override
  public String reason(TabularArchitecture architecture) {
    return table.reason(architecture);
  }

  @Override
  public double[] scores(TabularArchitecture architecture) {
    return objectives.stream()
        .mapToDouble(
            objective ->
                objective.equals(table.description().quality())
                    ? Double.NaN
                    : table.value(objective.name(), architecture))
        .toArray();
  }

  @Override
  public Object identity(TabularArchitecture architecture) {
    return architecture;
  }
}
