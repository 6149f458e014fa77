package org.finchnas.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.finchnas.cli.chart.Axis;
import org.finchnas.cli.chart.CourseChart;
import org.finchnas.cli.chart.Point;
import org.finchnas.evolution.tabular.BenchmarkParams;
import org.finchnas.evolution.tabular.BenchmarkResult;
import org.finchnas.evolution.tabular.BenchmarkTable;
import org.finchnas.evolution.tabular.Curve;
import org.jspecify.annotations.Nullable;

/** The course of all strategies on a table. */
final class BenchPicture {

  /** Regret below it is drawn there: a logarithmic axis has no 0. */
  private static final double LEAST_REGRET = 1e-3;

  private BenchPicture() {}

  static String svg(BenchmarkTable table, BenchmarkParams params, List<BenchmarkResult> results) {
    List<CourseChart.Panel> panels = new ArrayList<>();
    panels.add(
        new CourseChart.Panel(
            "mean regret, logarithmic",
            new Axis("evaluations", Axis.Format.COUNT),
            new Axis("", Axis.Format.NUMBER),
            true,
            courses(results, BenchmarkResult::regret, LEAST_REGRET)));
    if (!table.description().hypervolumeCosts().isEmpty()) {
      panels.add(
          new CourseChart.Panel(
              "share of the true front's hypervolume",
              new Axis("distinct evaluations", Axis.Format.COUNT),
              new Axis("", Axis.Format.PERCENT),
              false,
              courses(results, BenchmarkResult::hypervolumeShare, 0)));
    }
    return CourseChart.svg(
        "%s, mean of %d searches, lag %d"
            .formatted(table.description().name(), params.repeats(), params.lag()),
        panels);
  }

  private static List<CourseChart.Course> courses(
      List<BenchmarkResult> results,
      Function<BenchmarkResult, @Nullable Curve> figure,
      double least) {
    List<CourseChart.Course> courses = new ArrayList<>();
    for (BenchmarkResult result : results) {
      Curve curve = figure.apply(result);
      if (curve != null) {
        courses.add(new CourseChart.Course(result.strategy(), points(curve, least)));
      }
    }
    return courses;
  }

  private static List<Point> points(Curve curve, double least) {
    return IntStream.range(0, curve.evaluations().size())
        .mapToObj(
            i -> new Point(curve.evaluations().get(i), Math.max(least, curve.mean().get(i)), ""))
        .toList();
  }
}
