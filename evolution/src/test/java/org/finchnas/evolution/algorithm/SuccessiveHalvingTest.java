package org.finchnas.evolution.algorithm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.finchnas.evaluation.Objective;
import org.finchnas.evolution.algorithm.SuccessiveHalving.Job;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SuccessiveHalvingTest {

  /** Proposes new-0, new-1, …, and remembers what it was told. */
  private static final class Counting implements Algorithm<String> {

    final List<Individual<String>> told = new ArrayList<>();
    final List<Individual<String>> retold = new ArrayList<>();
    private int proposed;

    @Override
    public Optional<Offspring<String>> ask() {
      return Optional.of(new Offspring<>("new-" + proposed++, null));
    }

    @Override
    public void tell(Individual<String> individual) {
      told.add(individual);
    }

    @Override
    public void retell(Individual<String> individual) {
      retold.add(individual);
    }
  }

  /** A search as the loop runs it, with accuracies drawn at random and some failures. */
  private static final class Search {

    final SuccessiveHalving<String> halving;
    final List<Job<String>> asked = new ArrayList<>();
    final List<List<Double>> scores = new ArrayList<>();
    private final Random random;
    private final double failing;
    private int told;

    Search(SuccessiveHalving<String> halving, long seed, double failing) {
      this.halving = halving;
      this.random = new Random(seed);
      this.failing = failing;
    }

    void run(int evaluations, int lag) {
      while (asked.size() < evaluations) {
        if (asked.size() - told < lag) {
          asked.add(halving.ask().orElseThrow());
        } else {
          tellNext();
        }
      }
    }

    void tellNext() {
      Job<String> job = asked.get(told);
      scores.add(random.nextDouble() < failing ? List.of() : List.of(random.nextDouble()));
      halving.tell(
          new Individual<>(told, job.architecture(), scores.get(told)),
          job.rung(),
          job.promotes(),
          "weights-" + told);
      told++;
    }
  }

  private static SuccessiveHalving<String> halving(Algorithm<String> inner, int reduction, int k) {
    return new SuccessiveHalving<>(
        inner, reduction, Fitness.first(Objective.VALIDATION_ACCURACY), k);
  }

  @ParameterizedTest(name = "seed {0}, reduction {1}, {2} rungs, lag {3}")
  @CsvSource({"1, 3, 3, 1", "2, 3, 3, 8", "3, 2, 4, 5", "4, 4, 2, 16", "5, 2, 1, 4"})
  void asksWhatTheAlgorithmOfThePaperAsks(long seed, int reduction, int rungs, int lag) {
    Search search = new Search(halving(new Counting(), reduction, rungs), seed, 0.1);
    search.run(400, lag);
    assertThat(search.asked).isEqualTo(oracle(search.scores, reduction, rungs, lag, 400));
  }

  /**
   * Algorithm 2 of arXiv 1810.05934, word for word, on scores by the number of the evaluation.
   *
   * @param scores of the evaluations that were told
   */
  private static List<Job<String>> oracle(
      List<List<Double>> scores, int eta, int rungs, int lag, int evaluations) {
    List<Job<String>> jobs = new ArrayList<>();
    Map<Integer, Integer> promotedTo = new HashMap<>();
    int fresh = 0;
    for (int i = 0; i < evaluations; i++) {
      int told = Math.max(0, i - lag + 1);
      Job<String> job = null;
      for (int k = rungs - 2; k >= 0 && job == null; k--) {
        List<Integer> rung = new ArrayList<>();
        for (int n = 0; n < told; n++) {
          if (jobs.get(n).rung() == k) {
            rung.add(n);
          }
        }
        List<Integer> top = new ArrayList<>(rung);
        top.sort(Comparator.comparing(n -> scores.get(n).isEmpty() ? 1 : -scores.get(n).get(0)));
        for (int n : top.subList(0, rung.size() / eta)) {
          if (job == null && !promotedTo.containsKey(n) && !scores.get(n).isEmpty()) {
            promotedTo.put(n, i);
            job = new Job<>(jobs.get(n).architecture(), k + 1, n, null);
          }
        }
      }
      jobs.add(job == null ? new Job<>("new-" + fresh++, 0, null, null) : job);
    }
    return jobs;
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void whatReachesARungIsAtMostOneOfEtaPlusWhatTheRankingTookBack(long seed) {
    Search search = new Search(halving(new Counting(), 3, 3), seed, 0);
    search.run(600, 8);
    int[] counts = new int[3];
    search.asked.forEach(job -> counts[job.rung()]++);
    // Promotions from a growing rung: early winners stay promoted when later ones pass them.
    assertThat(counts[1]).isBetween(counts[0] / 3 - 8, counts[0] / 2);
    assertThat(counts[2]).isBetween(counts[1] / 3 - 8, counts[1] / 2);
    assertThat(search.asked.stream().map(Job::promotes).filter(n -> n != null))
        .doesNotHaveDuplicates();
  }

  @Test
  void theAlgorithmHearsOfAnIndividualByItsFirstNumber() {
    Counting inner = new Counting();
    SuccessiveHalving<String> halving = halving(inner, 2, 3);
    Deque<Job<String>> asked = new ArrayDeque<>();
    double[] accuracies = {0.1, 0.5, 0.6, 0.2, 0.3, 0.9, 0.7};
    for (int i = 0; i < accuracies.length; i++) {
      Job<String> job = halving.ask().orElseThrow();
      asked.add(job);
      halving.tell(
          new Individual<>(i, job.architecture(), List.of(accuracies[i])),
          job.rung(),
          job.promotes(),
          "weights-" + i);
    }
    // 0 and 1 are new, 2 promotes 1, 3 and 4 are new, 5 promotes 4 and 6 the better of 2 and 5.
    assertThat(asked)
        .extracting(Job::rung, Job::promotes)
        .map(Object::toString)
        .containsExactly(
            "(0, null)", "(0, null)", "(1, 1)", "(0, null)", "(0, null)", "(1, 4)", "(2, 5)");
    assertThat(inner.told).extracting(Individual::number).containsExactly(0, 1, 3, 4);
    assertThat(inner.retold)
        .containsExactly(
            new Individual<>(1, "new-1", List.of(0.6)),
            new Individual<>(4, "new-3", List.of(0.9)),
            new Individual<>(4, "new-3", List.of(0.7)));
    assertThat(halving.origin(6)).isEqualTo(4);
  }

  @Test
  void aDuplicateIsNotPromotedBesideItsTwin() {
    SuccessiveHalving<String> halving = halving(new Counting(), 2, 2);
    for (int i = 0; i < 4; i++) {
      halving.tell(new Individual<>(i, "same", List.of(0.5)), 0, null, "same weights");
    }
    assertThat(halving.ask().orElseThrow().rung()).isZero();
    halving.tell(new Individual<>(4, "other", List.of(0.4)), 0, null, "other weights");
    assertThat(halving.ask().orElseThrow().promotes()).isZero();
    assertThat(halving.ask().orElseThrow().rung()).isZero();
  }

  @Test
  void withSeveralObjectivesTheSmallArePromotedToo() {
    List<Objective> objectives = List.of(Objective.VALIDATION_ACCURACY, Objective.MACS);
    SuccessiveHalving<String> halving =
        new SuccessiveHalving<>(new Counting(), 3, Fitness.pareto(objectives), 2);
    double[][] scores = {{0.9, 100}, {0.8, 90}, {0.2, 10}, {0.7, 95}, {0.6, 96}, {0.1, 97}};
    for (int i = 0; i < scores.length; i++) {
      halving.tell(
          new Individual<>(i, "a" + i, List.of(scores[i][0], scores[i][1])), 0, null, "w" + i);
    }
    assertThat(halving.ask().orElseThrow().promotes()).isZero();
    assertThat(halving.ask().orElseThrow().promotes()).isEqualTo(2);
    assertThat(halving.ask().orElseThrow().promotes()).isNull();
  }
}
