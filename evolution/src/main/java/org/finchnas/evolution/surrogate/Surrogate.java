package org.finchnas.evolution.surrogate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.finchnas.evaluation.RankCorrelation;

/**
 * A Gaussian process over architectures (Rasmussen and Williams 2006, chapter 2) that learns from a
 * search as it goes. Larger results are better.
 *
 * <p>What is asked but not told stands in it with the result that was expected of it, so that its
 * surroundings become certain, not better ("kriging believer", Ginsbourger et al. 2010). A result
 * that comes replaces the expected one in quadratic time.
 *
 * <p>The process is exact, so it holds some of the results only: when it is full, those that its
 * owner wants kept, the latest and others evenly.
 */
public final class Surrogate {

  private static final int FULL = 320;
  private static final int AFTER_CLEARING = 256;
  private static final int LATEST = 64;
  private static final int FIRST_CLIMB = 40;
  private static final int LATER_CLIMB = 15;
  private static final double NEXT_FIT = 1.4;

  private final KernelShape shape;
  private final List<Point> points = new ArrayList<>();
  private CategoricalKernel kernel;
  private TriangularFactor factor = new TriangularFactor();
  private double[] alpha = {};
  private double variance = 1;
  private Warp warp = new Warp(0, 1);
  private double[] targets = {};
  private double mean;
  private boolean stale = true;
  private Repeats repeats = Repeats.NONE;
  private int told;
  private int nextFit = 6;
  private double foresight = Double.NaN;

  /** What evaluations of one and the same architecture were like. */
  public enum Repeats {
    NONE,
    EQUAL,
    DIFFERENT
  }

  /** An architecture that was told or is expected; changes from the latter to the former. */
  private static final class Point {
    final int[] values;
    final int number;
    double result;
    boolean isExpected;

    Point(int[] values, int number, double result, boolean isExpected) {
      this.values = values;
      this.number = number;
      this.result = result;
      this.isExpected = isExpected;
    }
  }

  /**
   * What is expected of an architecture, in warped units: see {@link #result}.
   *
   * @param deviation of the result without noise, at least 0
   */
  public record Expectation(double mean, double deviation) {}

  public Surrogate(KernelShape shape) {
    this.shape = shape;
    this.kernel = new CategoricalKernel(shape, EvidenceFit.prior(shape));
  }

  /** Notes that an architecture was asked and its result is not known yet. */
  public void expect(int[] values) {
    if (told > 0) {
      refresh();
      double expected = warp.unwarped(mean(similarities(values)));
      append(new Point(values.clone(), -1, expected, true));
    }
  }

  /**
   * Takes a result.
   *
   * @param number of the individual; not negative
   */
  public void tell(int[] values, int number, double result) {
    told++;
    stale = true;
    compare(values, result);
    for (int i = 0; i < points.size(); i++) {
      Point point = points.get(i);
      if (point.isExpected && Arrays.equals(point.values, values)) {
        points.set(i, new Point(point.values, number, result, false));
        return;
      }
    }
    append(new Point(values.clone(), number, result, false));
  }

  private void compare(int[] values, double result) {
    for (Point point : points) {
      if (!point.isExpected && Arrays.equals(point.values, values)) {
        boolean equal = point.result == result && repeats != Repeats.DIFFERENT;
        // The first time that says so, the noise that was assumed is worth another look.
        nextFit = repeats == Repeats.NONE ? told : nextFit;
        repeats = equal ? Repeats.EQUAL : Repeats.DIFFERENT;
        return;
      }
    }
  }

  /** Whether something was evaluated twice, and whether the results were the same. */
  public Repeats repeats() {
    return repeats;
  }

  private void append(Point point) {
    factor.append(similarities(point.values), kernel.self() + kernel.noise());
    points.add(point);
    stale = true;
  }

  /**
   * Makes room when it is full and fits its kernel when there is enough news.
   *
   * @param kept the numbers of individuals that must stay, less than 200
   */
  public void maintain(Set<Integer> kept) {
    boolean full = points.size() >= FULL;
    if (full) {
      clear(kept);
    }
    if (told >= nextFit) {
      nextFit = (int) Math.ceil(told * NEXT_FIT);
      fit();
    } else if (full) {
      rebuild();
    }
  }

  private void clear(Set<Integer> kept) {
    int size = points.size();
    int wanted = (int) IntStream.range(0, size).filter(i -> staysAnyway(i, size, kept)).count();
    double share = Math.max(0, AFTER_CLEARING - wanted) / (double) Math.max(1, size - wanted);
    List<Point> staying = new ArrayList<>();
    double due = 0;
    for (int i = 0; i < size; i++) {
      if (staysAnyway(i, size, kept)) {
        staying.add(points.get(i));
        continue;
      }
      due += share;
      if (due >= 1) {
        due -= 1;
        staying.add(points.get(i));
      }
    }
    points.clear();
    points.addAll(staying);
  }

  private boolean staysAnyway(int index, int size, Set<Integer> kept) {
    Point point = points.get(index);
    return point.isExpected || index >= size - LATEST || kept.contains(point.number);
  }

  private void fit() {
    List<Point> known = points.stream().filter(point -> !point.isExpected).toList();
    double[] results = known.stream().mapToDouble(point -> point.result).toArray();
    Warp fitted = Warp.of(results);
    double[] warped = Arrays.stream(results).map(fitted::warped).toArray();
    double centre = Arrays.stream(warped).average().orElse(0);
    double[] centred = Arrays.stream(warped).map(each -> each - centre).toArray();
    List<int[]> values = known.stream().map(point -> point.values).toList();
    int steps = Double.isNaN(foresight) ? FIRST_CLIMB : LATER_CLIMB;
    EvidenceFit evidence = new EvidenceFit(shape, values, centred, repeats == Repeats.EQUAL);
    kernel = new CategoricalKernel(shape, evidence.climb(kernel.parameters(), steps));
    rebuild();
    foresight = leaveOneOut();
  }

  private void rebuild() {
    List<Point> all = List.copyOf(points);
    points.clear();
    factor = new TriangularFactor();
    all.forEach(this::append);
  }

  /** Kendall's tau of results and what is expected of each without it (ibid., section 5.4.2). */
  private double leaveOneOut() {
    refresh();
    double[][] inverse = factor.inverse();
    List<Double> results = new ArrayList<>();
    List<Double> expected = new ArrayList<>();
    for (int i = 0; i < targets.length; i++) {
      if (!points.get(i).isExpected) {
        results.add(targets[i]);
        expected.add(targets[i] - alpha[i] / inverse[i][i]);
      }
    }
    return RankCorrelation.kendallTau(results, expected);
  }

  /**
   * How well it foretells what it was not told, when it last looked: Kendall's tau of results and
   * of what is expected of each from the others; NaN before there are some.
   */
  public double foresight() {
    return foresight;
  }

  private void refresh() {
    if (!stale) {
      return;
    }
    double[] known =
        points.stream().filter(p -> !p.isExpected).mapToDouble(p -> p.result).toArray();
    warp = Warp.of(known);
    targets = points.stream().mapToDouble(point -> warp.warped(point.result)).toArray();
    mean = Arrays.stream(targets).average().orElse(0);
    double[] centred = Arrays.stream(targets).map(each -> each - mean).toArray();
    alpha = factor.solve(centred);
    double sum = 0;
    for (int i = 0; i < alpha.length; i++) {
      sum += alpha[i] * centred[i];
    }
    variance = Math.max(sum / alpha.length, 1e-9);
    stale = false;
  }

  private double[] similarities(int[] values) {
    double[] similarities = new double[points.size()];
    for (int i = 0; i < similarities.length; i++) {
      similarities[i] = kernel.of(values, points.get(i).values);
    }
    return similarities;
  }

  private double mean(double[] similarities) {
    double sum = mean;
    for (int i = 0; i < similarities.length; i++) {
      sum += similarities[i] * alpha[i];
    }
    return sum;
  }

  /** The mean alone, which is had in linear time. Something must have been told. */
  public double mean(int[] values) {
    refresh();
    return mean(similarities(values));
  }

  /** In quadratic time. Something must have been told. */
  public Expectation expectation(int[] values) {
    refresh();
    double[] similarities = similarities(values);
    double explained = 0;
    for (double each : factor.solveLower(similarities)) {
      explained += each * each;
    }
    return new Expectation(
        mean(similarities), Math.sqrt(variance * Math.max(0, kernel.self() - explained)));
  }

  /** Whether it was told that architecture's result, and still holds it. */
  public boolean wasTold(int[] values) {
    return points.stream().anyMatch(p -> !p.isExpected && Arrays.equals(p.values, values));
  }

  /** The deviation of the noise, in warped units. */
  public double noise() {
    refresh();
    return Math.sqrt(variance * kernel.noise());
  }

  /** What warped units stand for. */
  public double result(double warped) {
    return warp.unwarped(warped);
  }

  /** How many evaluations one of {@link #expectation} may cost as many steps as. */
  public int size() {
    return points.size();
  }

  /** Of the architectures that it was told and still holds, the best first by their mean. */
  public List<Integer> bestNumbers(int count) {
    refresh();
    double noise = kernel.noise();
    return IntStream.range(0, points.size())
        .filter(i -> !points.get(i).isExpected)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> -(targets[i] - noise * alpha[i])))
        .limit(count)
        .map(i -> points.get(i).number)
        .toList();
  }

  /**
   * The highest mean of an architecture that was told, in warped units.
   *
   * @param except is left out
   */
  public double bestMean(int[] except) {
    refresh();
    double best = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < targets.length; i++) {
      Point point = points.get(i);
      if (!point.isExpected && !Arrays.equals(point.values, except)) {
        best = Math.max(best, targets[i] - kernel.noise() * alpha[i]);
      }
    }
    return best;
  }
}
