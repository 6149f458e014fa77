package org.finchnas.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParetoRankingTest {

  private static final Dominance DOMINANCE =
      new Dominance(List.of(Objective.VALIDATION_ACCURACY, Objective.MACS));

  /**
   * The rank of a vector is the length of the longest chain of vectors that dominate each other.
   */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4})
  void theRankIsTheLongestChainAbove(long seed) {
    Random random = new Random(seed);
    List<double[]> vectors = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      vectors.add(new double[] {random.nextInt(8), random.nextInt(8)});
    }
    ParetoRanking ranking = ParetoRanking.of(vectors, DOMINANCE);
    for (int i = 0; i < vectors.size(); i++) {
      assertThat(ranking.rank(i)).isEqualTo(chain(vectors.get(i), vectors));
    }
  }

  private static int chain(double[] vector, List<double[]> vectors) {
    int longest = 0;
    for (double[] other : vectors) {
      if (DOMINANCE.dominates(other, vector)) {
        longest = Math.max(longest, 1 + chain(other, vectors));
      }
    }
    return longest;
  }

  @Test
  void theCrowdingDistanceIsThatOfThePaper() {
    // One front: accuracies 1 … 0 and MACs 100 … 0.
    List<double[]> vectors =
        List.of(
            new double[] {1, 100},
            new double[] {0.9, 50},
            new double[] {0.5, 40},
            new double[] {0, 0});
    ParetoRanking ranking = ParetoRanking.of(vectors, DOMINANCE);
    assertThat(ranking.crowdingDistance(0)).isInfinite();
    assertThat(ranking.crowdingDistance(3)).isInfinite();
    assertThat(ranking.crowdingDistance(1)).isEqualTo(0.5 + 0.6);
    assertThat(ranking.crowdingDistance(2)).isEqualTo(0.9 + 0.5);
    assertThat(List.of(0, 3, 2, 1)).map(ranking::position).containsExactly(0, 1, 2, 3);
  }

  @Test
  void equalVectorsShareAPlaceUnlessTheyStandAtAnEnd() {
    List<double[]> vectors = List.of(new double[] {1, 1}, new double[] {0, 2}, new double[] {0, 2});
    ParetoRanking ranking = ParetoRanking.of(vectors, DOMINANCE);
    assertThat(List.of(0, 1, 2)).map(ranking::rank).containsExactly(0, 1, 1);
    assertThat(ranking.position(0)).isZero();
    assertThat(ranking.position(1)).isEqualTo(ranking.position(2));
  }

  @Test
  void nothingHasNoRanks() {
    assertThat(ParetoRanking.of(List.of(), DOMINANCE)).isNotNull();
  }
}
