package org.finchnas.evolution.tabular;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.finchnas.evaluation.Constraint;
import org.finchnas.evaluation.Direction;
import org.finchnas.evaluation.Hypervolume;
import org.finchnas.evaluation.Objective;
import org.finchnas.evaluation.ParetoFront;
import org.finchnas.evolution.algorithm.IntegerEncoding;
import org.finchnas.evolution.algorithm.Locus;

/** A table of architectures and their results, as integers and numbers. */
public final class BenchmarkTable implements IntegerEncoding<TabularArchitecture> {

  private final TableDescription description;
  private final Tokens tokens;
  private final List<TabularArchitecture> rows = new ArrayList<>();
  private final Map<TabularArchitecture, TabularArchitecture> byValues = new HashMap<>();
  private final Map<String, double[]> columns = new HashMap<>();
  private final List<Constraint> constraints;

  /**
   * Reads a table.
   *
   * @throws TableException with what is wrong
   */
  public static BenchmarkTable read(TableDescription description, Path csv) {
    return new BenchmarkTable(description, CsvLines.read(csv), csv);
  }

  private BenchmarkTable(TableDescription description, CsvLines csv, Path file) {
    this.description = description;
    this.constraints = description.constraints();
    if (csv.rows().isEmpty()) {
      throw new TableException("%s has no rows.".formatted(file));
    }
    int column = NumericColumn.index(csv, description.architecture(), file);
    List<String> names = csv.rows().stream().map(row -> row.get(column)).toList();
    tokens = Tokens.of(names, description.token());
    for (String name : names) {
      addRow(name, file);
    }
    for (String each : numeric(description)) {
      columns.put(each, NumericColumn.read(csv, each, file));
    }
    if (feasible().isEmpty()) {
      throw new TableException(
          "No row of %s keeps the limits %s. Raise them.".formatted(file, description.limits()));
    }
  }

  private void addRow(String name, Path file) {
    TabularArchitecture row =
        new TabularArchitecture(tokens.values(name, description.token()), rows.size());
    if (byValues.putIfAbsent(row, row) != null) {
      throw new TableException(
          "%s holds an architecture twice, \"%s\". Maybe tokens (%s) leaves out what tells them apart."
              .formatted(file, name, description.token()));
    }
    rows.add(row);
  }

  private static Set<String> numeric(TableDescription description) {
    Set<String> names = new HashSet<>(description.seen());
    names.add(description.reported());
    names.addAll(description.costs());
    description.fidelities().forEach(each -> names.add(each.column()));
    return names;
  }

  public TableDescription description() {
    return description;
  }

  public int size() {
    return rows.size();
  }

  /** How many choices each position has. */
  public List<Integer> choices() {
    return tokens.choices().stream().map(List::size).toList();
  }

  @Override
  public List<Locus> loci() {
    return choices().stream().map(count -> new Locus(Locus.Kind.OPERATION, count)).toList();
  }

  @Override
  public TabularArchitecture decode(int[] values) {
    TabularArchitecture absent = new TabularArchitecture(values, TabularArchitecture.ABSENT);
    return byValues.getOrDefault(absent, absent);
  }

  @Override
  public int[] encode(TabularArchitecture architecture) {
    return architecture.values();
  }

  /** A value of a row that is there. */
  double value(String column, TabularArchitecture architecture) {
    return Objects.requireNonNull(columns.get(column), column)[architecture.row()];
  }

  double violation(TabularArchitecture architecture) {
    return architecture.row() == TabularArchitecture.ABSENT
        ? Double.POSITIVE_INFINITY
        : constraints.stream()
            .mapToDouble(c -> c.violation(value(c.objective().name(), architecture)))
            .sum();
  }

  /** The limit that is broken most. */
  String reason(TabularArchitecture architecture) {
    return architecture.row() == TabularArchitecture.ABSENT
        ? "not in the table"
        : constraints.stream()
            .max(
                Comparator.comparingDouble(
                    c -> c.violation(value(c.objective().name(), architecture))))
            .map(constraint -> constraint.objective().name())
            .orElse("");
  }

  /** The best reported value among what keeps the limits. */
  public double best() {
    Objective quality = description.quality();
    return feasible().stream()
        .map(row -> value(description.reported(), row))
        .reduce((a, b) -> quality.isBetter(b, a) ? b : a)
        .orElseThrow();
  }

  /** How much worse than the best a row is, by the reported column; at least 0. */
  double regret(double best, TabularArchitecture row) {
    return Math.abs(best - value(description.reported(), row));
  }

  /** The measure with the reference point that the description names. */
  public Hypervolume hypervolume() {
    List<Objective> objectives = description.hypervolumeObjectives();
    return new Hypervolume(
        objectives,
        objectives.stream()
            .map(
                each ->
                    description.reference().containsKey(each.name())
                        ? Objects.requireNonNull(description.reference().get(each.name()))
                        : worst(each))
            .toList());
  }

  private double worst(Objective objective) {
    Comparator<Double> rising = Comparator.naturalOrder();
    return rows.stream()
        .map(row -> value(objective.name(), row))
        .max(objective.direction() == Direction.MINIMIZE ? rising : rising.reversed())
        .orElseThrow();
  }

  /** What nothing else among that keeps the limits dominates. */
  Hypervolume.Value trueHypervolume() {
    ParetoFront<TabularArchitecture> front = emptyFront();
    feasible().forEach(front::add);
    return hypervolume().of(front.vectors());
  }

  ParetoFront<TabularArchitecture> emptyFront() {
    return new ParetoFront<>(
        description.hypervolumeObjectives(),
        (row, objective) -> value(objective.name(), row),
        row -> row);
  }

  private List<TabularArchitecture> feasible() {
    return IntStream.range(0, rows.size())
        .mapToObj(rows::get)
        .filter(row -> violation(row) == 0)
        .toList();
  }
}
