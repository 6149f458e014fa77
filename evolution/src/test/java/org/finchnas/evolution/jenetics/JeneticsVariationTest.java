package org.finchnas.evolution.jenetics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.jenetics.util.RandomRegistry;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.finchnas.evaluation.Objective;
import org.finchnas.evolution.algorithm.Individual;
import org.finchnas.evolution.algorithm.IntegerEncoding;
import org.finchnas.evolution.algorithm.Locus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The random steps as distributions: counts of many draws against their expectation. */
class JeneticsVariationTest {

  private static final int DRAWS = 20_000;

  private static final Locus STATE_2 = new Locus(Locus.Kind.HIDDEN_STATE, 2);
  private static final Locus STATE_5 = new Locus(Locus.Kind.HIDDEN_STATE, 5);
  private static final Locus OPERATION = new Locus(Locus.Kind.OPERATION, 4);
  private static final Locus MACRO = new Locus(Locus.Kind.MACRO, 3);
  private static final Locus FIXED = new Locus(Locus.Kind.MACRO, 1);

  private record Integers(List<Locus> loci) implements IntegerEncoding<List<Integer>> {

    @Override
    public List<Integer> decode(int[] values) {
      return Arrays.stream(values).boxed().toList();
    }

    @Override
    public int[] encode(List<Integer> architecture) {
      return architecture.stream().mapToInt(i -> i).toArray();
    }
  }

  private static JeneticsVariation<List<Integer>> variation(long seed, Locus... loci) {
    return new JeneticsVariation<>(new Integers(List.of(loci)), seed);
  }

  /** Within five standard deviations of a binomial count; wrong in one of a million. */
  private static void assertShare(int count, double probability) {
    double sigma = Math.sqrt(DRAWS * probability * (1 - probability));
    assertThat((double) count).isCloseTo(DRAWS * probability, within(5 * sigma));
  }

  /** Takes the count out, so that what is left was not expected. */
  private static void assertShare(
      Map<List<Integer>, Integer> counts, List<Integer> change, double probability) {
    assertShare(counts.getOrDefault(change, 0), probability);
    counts.remove(change);
  }

  /** How often each position got each value; position -1 for no change. */
  private static Map<List<Integer>, Integer> changes(
      JeneticsVariation<List<Integer>> variation, List<Integer> parent) {
    Map<List<Integer>, Integer> counts = new HashMap<>();
    for (int i = 0; i < DRAWS; i++) {
      List<Integer> child = variation.mutate(parent);
      int[] changed =
          IntStream.range(0, parent.size())
              .filter(k -> !parent.get(k).equals(child.get(k)))
              .toArray();
      assertThat(changed).hasSizeLessThanOrEqualTo(1);
      List<Integer> change =
          changed.length == 0 ? List.of(-1, 0) : List.of(changed[0], child.get(changed[0]));
      counts.merge(change, 1, Integer::sum);
    }
    return counts;
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void mutatesAsThePaperSays(long seed) {
    Map<List<Integer>, Integer> counts =
        changes(variation(seed, STATE_2, OPERATION, STATE_5, OPERATION), List.of(1, 3, 2, 0));

    assertShare(counts, List.of(-1, 0), 0.05);
    assertShare(counts, List.of(0, 0), 0.475 / 2);
    for (int value : new int[] {0, 1, 2}) {
      assertShare(counts, List.of(1, value), 0.475 / 2 / 3);
    }
    for (int value : new int[] {0, 1, 3, 4}) {
      assertShare(counts, List.of(2, value), 0.475 / 2 / 4);
    }
    for (int value : new int[] {1, 2, 3}) {
      assertShare(counts, List.of(3, value), 0.475 / 2 / 3);
    }
    assertThat(counts).isEmpty();
  }

  @Test
  void mutatesMacroGenesWhereTheyHaveAChoice() {
    Map<List<Integer>, Integer> counts =
        changes(variation(4, STATE_2, OPERATION, MACRO, FIXED), List.of(0, 0, 1, 0));

    assertShare(counts, List.of(-1, 0), 0.05);
    assertShare(counts, List.of(0, 1), 0.425);
    for (int value : new int[] {1, 2, 3}) {
      assertShare(counts, List.of(1, value), 0.425 / 3);
    }
    assertShare(counts, List.of(2, 0), 0.05);
    assertShare(counts, List.of(2, 2), 0.05);
    assertThat(counts).isEmpty();
  }

  @Test
  void aKindWithoutChoiceLeavesItsShareToTheOthers() {
    assertShare(changes(variation(5, STATE_2, FIXED), List.of(0, 0)), List.of(0, 1), 0.95);
    assertShare(changes(variation(6, MACRO), List.of(0)), List.of(0, 1), 0.475);
    assertThat(changes(variation(7, FIXED), List.of(0))).containsOnlyKeys(List.of(-1, 0));
  }

  @Test
  void samplesUniformly() {
    JeneticsVariation<List<Integer>> variation = variation(8, STATE_5, MACRO, FIXED);
    Map<List<Integer>, Integer> counts = new HashMap<>();
    for (int i = 0; i < DRAWS; i++) {
      counts.merge(variation.sample(), 1, Integer::sum);
    }
    assertThat(counts).hasSize(15);
    counts.values().forEach(count -> assertShare(count, 1.0 / 15));
  }

  @ParameterizedTest(name = "sample size {0}")
  @ValueSource(ints = {1, 2, 5})
  void tournamentsDrawWithReplacementAndTheFittestWins(int sampleSize) {
    JeneticsVariation<List<Integer>> variation = variation(9, OPERATION);
    int n = 6;
    List<Individual<List<Integer>>> population =
        IntStream.range(0, n)
            .mapToObj(i -> new Individual<>(i, List.of(0), List.of((i * 5 % n) / 10.0)))
            .toList();
    int[] wins = new int[n];
    for (int i = 0; i < DRAWS; i++) {
      int winner =
          variation
              .tournament(population, sampleSize, Individual.fitness(Objective.VALIDATION_ACCURACY))
              .number();
      wins[winner * 5 % n]++;
    }
    for (int better = 0; better < n; better++) {
      // All draws are at most this good, less all are worse.
      double probability =
          Math.pow((better + 1.0) / n, sampleSize) - Math.pow((double) better / n, sampleSize);
      assertShare(wins[better], probability);
    }
  }

  @Test
  void theSeedAloneDecides() {
    JeneticsVariation<List<Integer>> variation = variation(10, STATE_5, OPERATION, MACRO);
    JeneticsVariation<List<Integer>> same = variation(10, STATE_5, OPERATION, MACRO);
    RandomRegistry.random(new Random(1));
    List<List<Integer>> first = IntStream.range(0, 50).mapToObj(i -> variation.sample()).toList();
    RandomRegistry.random(new Random(2));
    List<List<Integer>> second = IntStream.range(0, 50).mapToObj(i -> same.sample()).toList();
    RandomRegistry.reset();
    assertThat(first).isEqualTo(second);
    assertThat(variation(11, STATE_5, OPERATION, MACRO).sample()).isNotEqualTo(first.get(1));
  }

  @Test
  void neighboursDifferInOnePlaceAndComeInRandomOrder() {
    List<Integer> centre = List.of(1, 2, 0, 0);
    Map<List<Integer>, Integer> first = new HashMap<>();
    JeneticsVariation<List<Integer>> variation = variation(11, STATE_2, OPERATION, MACRO, FIXED);
    for (int i = 0; i < DRAWS; i++) {
      List<List<Integer>> neighbours = variation.neighbours(centre);
      assertThat(neighbours)
          .containsExactlyInAnyOrder(
              List.of(0, 2, 0, 0),
              List.of(1, 0, 0, 0),
              List.of(1, 1, 0, 0),
              List.of(1, 3, 0, 0),
              List.of(1, 2, 1, 0),
              List.of(1, 2, 2, 0));
      first.merge(neighbours.get(0), 1, Integer::sum);
    }
    first.values().forEach(count -> assertShare(count, 1.0 / 6));
  }

  @Test
  void aCrossedChildHasEachGroupOfLociFromOneParent() {
    Map<List<Integer>, Integer> children = new HashMap<>();
    JeneticsVariation<List<Integer>> variation =
        new JeneticsVariation<>(new Pairs(List.of(OPERATION, OPERATION, OPERATION, OPERATION)), 12);
    for (int i = 0; i < DRAWS; i++) {
      children.merge(variation.cross(List.of(0, 0, 0, 0), List.of(1, 1, 1, 1)), 1, Integer::sum);
    }
    assertShare(children, List.of(0, 0, 0, 0), 0.25);
    assertShare(children, List.of(1, 1, 0, 0), 0.25);
    assertShare(children, List.of(0, 0, 1, 1), 0.25);
    assertShare(children, List.of(1, 1, 1, 1), 0.25);
    assertThat(children).isEmpty();
  }

  /** Two loci at a time are inherited together. */
  private record Pairs(List<Locus> loci) implements IntegerEncoding<List<Integer>> {

    @Override
    public List<Integer> decode(int[] values) {
      return Arrays.stream(values).boxed().toList();
    }

    @Override
    public int[] encode(List<Integer> architecture) {
      return architecture.stream().mapToInt(i -> i).toArray();
    }

    @Override
    public int group(int locus) {
      return locus / 2;
    }
  }
}
