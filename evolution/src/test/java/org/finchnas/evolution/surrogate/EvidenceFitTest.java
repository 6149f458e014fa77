package org.finchnas.evolution.surrogate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EvidenceFitTest {

  private static final KernelShape SHAPE = new KernelShape(List.of(0, 0, 1, 0, 1), List.of(3, 4));

  private static List<int[]> points(int count, Random random) {
    List<int[]> points = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      points.add(
          new int[] {
            random.nextInt(3),
            random.nextInt(3),
            random.nextInt(4),
            random.nextInt(3),
            random.nextInt(4)
          });
    }
    // An architecture that was evaluated twice.
    points.set(1, points.get(0));
    return points;
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void theGradientIsThatOfTheEvidence(long seed) {
    Random random = new Random(seed);
    List<int[]> points = points(15, random);
    double[] results = random.doubles(15, -1, 1).toArray();
    EvidenceFit fit = new EvidenceFit(SHAPE, points, results, false);
    double[] at = EvidenceFit.prior(SHAPE);
    for (int k = 0; k < at.length; k++) {
      at[k] += random.nextGaussian() / 3;
    }
    double[] gradient = new double[at.length];
    double unused = fit.evidence(at, gradient);
    for (int k = 0; k < at.length; k++) {
      double[] above = at.clone();
      double[] below = at.clone();
      above[k] += 1e-5;
      below[k] -= 1e-5;
      double slope =
          (fit.evidence(above, new double[at.length]) - fit.evidence(below, new double[at.length]))
              / 2e-5;
      assertThat(gradient[k]).as("parameter %d", k).isCloseTo(slope, within(1e-5));
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {4, 5, 6})
  void findsThePositionThatMatters(long seed) {
    Random random = new Random(seed);
    List<int[]> points = points(80, random);
    double[] results = points.stream().mapToDouble(point -> point[3] == 2 ? 1 : -0.5).toArray();
    double[] fitted =
        new EvidenceFit(SHAPE, points, results, false).climb(EvidenceFit.prior(SHAPE), 60);
    for (int position : new int[] {0, 1, 2, 4}) {
      assertThat(fitted[1 + 3]).isGreaterThan(fitted[1 + position] + 0.5);
    }
  }
}
