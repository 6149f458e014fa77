package org.finchnas.evaluation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleBiFunction;

/**
 * The archive of what no other member dominates, taken in one by one.
 *
 * <p>Members with equal score vectors do not dominate each other and stand side by side, unless
 * they have equal keys: a network that was proposed twice stands there once, as it came first.
 *
 * @param <T> what has scores
 */
public final class ParetoFront<T> {

  private static final class Entry<T> {
    final T member;
    final Object key;
    final double[] scores;

    Entry(T member, Object key, double[] scores) {
      this.member = member;
      this.key = key;
      this.scores = scores;
    }
  }

  private final Dominance dominance;
  private final ToDoubleBiFunction<T, Objective> score;
  private final Function<T, Object> key;
  private final List<Entry<T>> entries = new ArrayList<>();

  /**
   * @param score a member's value for an objective; never NaN
   * @param key what makes two members with equal scores the same
   */
  public ParetoFront(
      List<Objective> objectives, ToDoubleBiFunction<T, Objective> score, Function<T, Object> key) {
    this.dominance = new Dominance(objectives);
    this.score = score;
    this.key = key;
  }

  /** An empty front of evaluations, each network once. */
  public static ParetoFront<Evaluation.Completed> ofEvaluations(List<Objective> objectives) {
    return new ParetoFront<>(
        objectives,
        Evaluation.Completed::score,
        evaluation -> evaluation.candidate().architecture().id());
  }

  /**
   * Takes a member in, and out what it dominates.
   *
   * @return whether it stands on the front
   * @throws IllegalArgumentException if it lacks a score
   */
  public boolean add(T member) {
    double[] scores = scoresOf(member);
    dominance.requireVector(scores);
    Entry<T> entry = new Entry<>(member, key.apply(member), scores);
    if (entries.stream().anyMatch(other -> shutsOut(other, entry))) {
      return false;
    }
    entries.removeIf(other -> dominance.dominates(scores, other.scores));
    entries.add(entry);
    entries.sort(Comparator.comparing(each -> each.scores, dominance.bestFirst()));
    return true;
  }

  public List<Objective> objectives() {
    return dominance.objectives();
  }

  /** Best in the first objective first, then in the next; equal vectors as they came. */
  public List<T> members() {
    return entries.stream().map(entry -> entry.member).toList();
  }

  /** The members' scores, in the same order. */
  public List<double[]> vectors() {
    return entries.stream().map(entry -> entry.scores.clone()).toList();
  }

  private double[] scoresOf(T member) {
    return objectives().stream().mapToDouble(o -> score.applyAsDouble(member, o)).toArray();
  }

  private boolean shutsOut(Entry<T> present, Entry<T> entry) {
    return dominance.dominates(present.scores, entry.scores)
        || (present.key.equals(entry.key)
            && dominance.bestFirst().compare(present.scores, entry.scores) == 0);
  }
}
