package org.finchnas.evolution.algorithm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongFunction;
import org.finchnas.evaluation.Objective;
import org.finchnas.evolution.jenetics.JeneticsVariation;
import org.junit.jupiter.api.Test;

class AgingEvolutionTest {

  private static final Comparator<Individual<String>> FITNESS =
      Individual.fitness(Objective.VALIDATION_ACCURACY);

  /** Samples are random-0, random-1, …; the fittest of all wins; a child is its parent and a +. */
  private static final class Scripted implements Variation<String> {

    final List<List<Integer>> populations = new ArrayList<>();
    private int samples;

    @Override
    public String sample() {
      return "random-" + samples++;
    }

    @Override
    public Individual<String> tournament(
        List<Individual<String>> population,
        int sampleSize,
        Comparator<Individual<String>> fitness) {
      populations.add(population.stream().map(Individual::number).toList());
      return population.stream().max(fitness).orElseThrow();
    }

    @Override
    public String mutate(String parent) {
      return parent + "+";
    }

    @Override
    public String cross(String first, String second) {
      throw new AssertionError("Nothing is crossed here.");
    }

    @Override
    public List<String> neighbours(String architecture) {
      throw new AssertionError("Nobody looks around here.");
    }
  }

  private final Scripted variation = new Scripted();

  private AgingEvolution<String> evolution(int populationSize) {
    return new AgingEvolution<>(
        new AgingEvolution.Params(populationSize, 2),
        variation,
        among -> FITNESS,
        architecture -> !architecture.endsWith("7"));
  }

  private static Individual<String> individual(int number, double... scores) {
    return new Individual<>(number, "told-" + number, Arrays.stream(scores).boxed().toList());
  }

  @Test
  void theOldestDiesHoweverFitItIs() {
    AgingEvolution<String> evolution = evolution(3);
    double[] accuracies = {0.9, 0.2, 0.3, 0.4, 0.1};
    for (int i = 0; i < accuracies.length; i++) {
      assertThat(evolution.ask()).isPresent();
      evolution.tell(individual(i, accuracies[i]));
    }
    assertThat(evolution.ask()).contains(new Offspring<>("told-3+", 3));
    assertThat(variation.populations)
        .containsExactly(List.of(0, 1, 2), List.of(1, 2, 3), List.of(2, 3, 4));
  }

  @Test
  void aFailedMemberAgesButIsNoParent() {
    AgingEvolution<String> evolution = evolution(3);
    for (int i = 0; i < 3; i++) {
      evolution.ask();
    }
    evolution.tell(individual(0, 0.1));
    evolution.tell(individual(1));
    evolution.tell(individual(2));
    evolution.ask();
    evolution.tell(individual(3));
    evolution.ask();
    assertThat(variation.populations).containsExactly(List.of(0), List.of(1, 2, 3));
  }

  @Test
  void askedAheadItBreedsFromAsManyAsWereTold() {
    AgingEvolution<String> evolution = evolution(3);
    for (int i = 0; i < 5; i++) {
      assertThat(evolution.ask()).contains(new Offspring<>("random-" + i, null));
    }
    evolution.tell(individual(0, 0.5));
    assertThat(evolution.ask()).contains(new Offspring<>("told-0+", 0));
  }

  @Test
  void whatIsNotAllowedDoesNotCount() {
    AgingEvolution<String> evolution = evolution(8);
    evolution.tell(individual(0, 0.5));
    for (int i = 0; i < 9; i++) {
      assertThat(evolution.ask()).contains(new Offspring<>("random-" + i, null));
    }
    assertThat(evolution.ask()).contains(new Offspring<>("told-0+", 0));
  }

  @Test
  void theSmallerIsFitterWhereTheObjectiveSaysSo() {
    Comparator<Individual<String>> fewer = Individual.fitness(Objective.PARAMS);
    assertThat(fewer.compare(individual(0, 10), individual(1, 20))).isPositive();
    assertThat(fewer.compare(individual(0), individual(1, 20))).isNegative();
    assertThat(FITNESS.compare(individual(0, 10), individual(1, 20))).isNegative();
    assertThat(FITNESS.compare(individual(0), individual(1))).isZero();
  }

  @Test
  void beatsRandomSearchOnAToyProblem() {
    DigitStrings space = new DigitStrings(12, 4);
    double evolved =
        meanBest(
            seed ->
                new AgingEvolution<>(
                    new AgingEvolution.Params(20, 5),
                    new JeneticsVariation<>(space, seed),
                    among -> FITNESS,
                    architecture -> true));
    double random = meanBest(seed -> new RandomSearch<>(new JeneticsVariation<>(space, seed)));
    // Of 12 digits, random search of 200 gets about 7 right.
    assertThat(random).isBetween(6.0, 8.0);
    assertThat(evolved).isGreaterThan(random + 2);
  }

  /** Digits that equal the target's, in the best of 200 strings; mean of 20 searches. */
  private static double meanBest(LongFunction<Algorithm<String>> algorithm) {
    String target = "301230123012";
    double sum = 0;
    for (int seed = 0; seed < 20; seed++) {
      Algorithm<String> search = algorithm.apply(seed);
      double best = 0;
      for (int i = 0; i < 200; i++) {
        String asked = search.ask().orElseThrow().architecture();
        double right = 0;
        for (int k = 0; k < target.length(); k++) {
          right += asked.charAt(k) == target.charAt(k) ? 1 : 0;
        }
        search.tell(new Individual<>(i, asked, List.of(right)));
        best = Math.max(best, right);
      }
      sum += best / 20;
    }
    return sum;
  }
}
