package org.finchnas.cli;

import java.util.ArrayList;
import java.util.List;
import org.finchnas.cli.chart.Axis;
import org.finchnas.cli.chart.FrontChart;
import org.finchnas.cli.chart.Point;
import org.finchnas.coordinator.RungSummary;
import org.finchnas.coordinator.run.RecordedRun;
import org.finchnas.evaluation.Evaluation.Completed;
import org.finchnas.evaluation.Objective;

/** The front of a run among all its candidates: accuracy up, cost to the right. */
final class FrontPicture {
  private FrontPicture() {}

  static String svg(RecordedRun run, FrontTable front, BaselineTable baselines) {
    Objective cost =
        front.objectives().stream()
            .filter(objective -> !objective.equals(Objective.VALIDATION_ACCURACY))
            .findFirst()
            .orElse(Objective.MACS);
    List<Point> all =
        RungSummary.highest(run.told(), run.config().rungs()).stream()
            .map(evaluation -> point(evaluation, cost))
            .toList();
    List<Point> best = front.members().stream().map(member -> point(member, cost)).toList();
    return FrontChart.svg(
        run.config().name(),
        new Axis(
            title(cost), cost.equals(Objective.LATENCY) ? Axis.Format.NUMBER : Axis.Format.COUNT),
        new Axis(
            "validation accuracy" + front.rung().map(" of "::concat).orElse(""),
            Axis.Format.PERCENT),
        all,
        best,
        compared(baselines, cost));
  }

  private static List<Point> compared(BaselineTable baselines, Objective cost) {
    List<Point> points = new ArrayList<>();
    baselines
        .completed()
        .forEach(
            (name, trained) ->
                points.add(
                    new Point(
                        trained.score(cost), trained.score(Objective.VALIDATION_ACCURACY), name)));
    return points;
  }

  private static String title(Objective cost) {
    return cost.name().equalsIgnoreCase(cost.unit())
        ? cost.unit()
        : "%s (%s)".formatted(cost.name(), cost.unit());
  }

  private static Point point(Completed evaluation, Objective cost) {
    return new Point(
        evaluation.score(cost),
        evaluation.score(Objective.VALIDATION_ACCURACY),
        "#" + evaluation.candidate().number());
  }
}
