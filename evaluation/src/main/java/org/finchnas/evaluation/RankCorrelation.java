package org.finchnas.evaluation;

import java.util.List;

/** How alike two scores order the same things. */
public final class RankCorrelation {

  private RankCorrelation() {}

  /**
   * Kendall's tau-b (Kendall 1945, doi:10.1093/biomet/33.3.239): concordant less discordant pairs
   * over the geometric mean of the pairs that each score tells apart; 1 for the same order, -1 for
   * the reverse, 0 for none. Takes time quadratic in the count.
   *
   * @return in [-1, 1]; NaN if one of the scores is the same for all, or there are fewer than two
   */
  public static double kendallTau(List<Double> first, List<Double> second) {
    if (first.size() != second.size()) {
      throw new IllegalArgumentException(
          "%d and %d scores cannot be of the same things.".formatted(first.size(), second.size()));
    }
    long agreement = 0;
    long firstDiffers = 0;
    long secondDiffers = 0;
    for (int i = 0; i < first.size(); i++) {
      for (int j = 0; j < i; j++) {
        int a = Integer.signum(Double.compare(first.get(i), first.get(j)));
        int b = Integer.signum(Double.compare(second.get(i), second.get(j)));
        agreement += (long) a * b;
        firstDiffers += Math.abs(a);
        secondDiffers += Math.abs(b);
      }
    }
    return agreement / Math.sqrt((double) firstDiffers * secondDiffers);
  }
}
