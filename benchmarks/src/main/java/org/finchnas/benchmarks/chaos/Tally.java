package org.finchnas.benchmarks.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What became of all searches. */
final class Tally {

  private final List<Comparison> comparisons = new ArrayList<>();
  private final List<Duration> reissues = new ArrayList<>();
  private final List<String> faults = new ArrayList<>();
  private int trainedAgain;

  void add(Comparison comparison, List<Duration> newReissues, int newlyTrainedAgain) {
    comparisons.add(comparison);
    reissues.addAll(newReissues);
    trainedAgain += newlyTrainedAgain;
  }

  /** A process that ended by itself, or a search that stood still. */
  void addFault(String fault) {
    faults.add(fault);
  }

  int searches() {
    return comparisons.size();
  }

  int evaluations() {
    return comparisons.stream().mapToInt(Comparison::evaluations).sum();
  }

  int lost() {
    return comparisons.stream().mapToInt(Comparison::lost).sum();
  }

  int twice() {
    return comparisons.stream().mapToInt(Comparison::twice).sum();
  }

  long machineFailures() {
    return comparisons.stream().mapToLong(Comparison::machineFailures).sum();
  }

  long damagedWeights() {
    return comparisons.stream().mapToLong(Comparison::damagedWeights).sum();
  }

  int differing() {
    return (int) comparisons.stream().filter(each -> !each.isSame()).count();
  }

  int trainedAgain() {
    return trainedAgain;
  }

  /** Seconds from a worker's death to its work being given to others, ascending. */
  List<Double> reissueSeconds() {
    return reissues.stream().map(each -> each.toMillis() / 1e3).sorted().toList();
  }

  List<String> faults() {
    return List.copyOf(faults);
  }

  boolean isFlawless() {
    return faults.isEmpty() && differing() == 0;
  }
}
