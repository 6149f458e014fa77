package org.finchnas.evaluation;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * The volume between a front and a reference point, exact for any number of objectives; larger is
 * better (Zitzler and Thiele, doi 10.1109/4235.797969).
 *
 * <p>Computed by slicing one objective after the other (While et al., doi
 * 10.1109/TEVC.2005.851275): n log n steps for n points and 2 objectives, n² log n for 3.
 *
 * @param referencePoint one value for each objective, the worst that still counts; a point that is
 *     not better in every objective adds nothing
 */
public record Hypervolume(List<Objective> objectives, List<Double> referencePoint) {

  public Hypervolume {
    objectives = List.copyOf(objectives);
    referencePoint = List.copyOf(referencePoint);
    if (objectives.isEmpty() || objectives.size() != referencePoint.size()) {
      throw new IllegalArgumentException(
          "A hypervolume needs one reference value for each objective, but %s has %s."
              .formatted(objectives, referencePoint));
    }
    if (!referencePoint.stream().allMatch(Double::isFinite)) {
      throw new IllegalArgumentException(
          "A reference point must be finite, but is " + referencePoint + ".");
    }
  }

  /**
   * A volume with the point it was measured from.
   *
   * @param volume product of the objectives' units, at least 0
   */
  public record Value(Hypervolume measure, double volume) {

    /**
     * This volume as a share of another, of the true front's say.
     *
     * @throws IllegalArgumentException if it was measured from another reference point, or is 0
     */
    public double shareOf(Value whole) {
      if (!measure.equals(whole.measure) || !(whole.volume > 0)) {
        throw new IllegalArgumentException(
            "A hypervolume measured by %s cannot be a share of %s.".formatted(measure, whole));
      }
      return volume / whole.volume;
    }
  }

  /** The volume that the vectors (one value for each objective, in order) dominate together. */
  public Value of(Collection<double[]> vectors) {
    List<double[]> gains =
        vectors.stream()
            .map(this::gains)
            .filter(gain -> Arrays.stream(gain).allMatch(g -> g > 0))
            .toList();
    return new Value(this, volume(gains, objectives.size()));
  }

  private double[] gains(double[] vector) {
    new Dominance(objectives).requireVector(vector);
    double[] gains = new double[vector.length];
    for (int k = 0; k < gains.length; k++) {
      double reference = referencePoint.get(k);
      gains[k] =
          switch (objectives.get(k).direction()) {
            case MAXIMIZE -> vector[k] - reference;
            case MINIMIZE -> reference - vector[k];
          };
    }
    return gains;
  }

  /** Of the union of the boxes from the origin to each point, in the first dimensions. */
  private static double volume(List<double[]> points, int dimensions) {
    int last = dimensions - 1;
    List<double[]> sorted =
        points.stream()
            .sorted(Comparator.comparingDouble((double[] point) -> point[last]).reversed())
            .toList();
    if (dimensions == 1) {
      return sorted.isEmpty() ? 0 : sorted.get(0)[0];
    }
    return dimensions == 2 ? area(sorted) : slices(sorted, last);
  }

  /** Points come with falling second coordinate; each adds what lies right of those above it. */
  private static double area(List<double[]> sorted) {
    double area = 0;
    double right = 0;
    for (double[] point : sorted) {
      if (point[0] > right) {
        area += (point[0] - right) * point[1];
        right = point[0];
      }
    }
    return area;
  }

  /** Between two neighbouring values of the last coordinate the cross-section is constant. */
  private static double slices(List<double[]> sorted, int last) {
    double sum = 0;
    for (int i = 0; i < sorted.size(); i++) {
      double below = i + 1 < sorted.size() ? sorted.get(i + 1)[last] : 0;
      double thickness = sorted.get(i)[last] - below;
      if (thickness > 0) {
        sum += thickness * volume(sorted.subList(0, i + 1), last);
      }
    }
    return sum;
  }
}
