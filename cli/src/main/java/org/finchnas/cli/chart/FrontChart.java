package org.finchnas.cli.chart;

import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * A front among all candidates as a scatter chart: what is better lies higher, what costs more lies
 * to the right, on a logarithmic scale where costs differ widely. The front is drawn as steps,
 * since between two of its members nothing better than the cheaper one was found.
 */
public final class FrontChart {

  private static final int WIDTH = 760;
  private static final int HEIGHT = 460;
  private static final Rectangle2D PLOT = new Rectangle2D.Double(64, 84, 668, 314);

  private static final String STYLE =
      """
      <style>
      text { font-family: system-ui, -apple-system, "Segoe UI", Roboto, Helvetica, Arial, sans-serif; fill: #4b5763; font-size: 12px }
      .title { font-size: 17px; font-weight: 600; fill: #17202a }
      .axis { fill: #17202a }
      .label { font-size: 11px; fill: #0b5d56 }
      .grid { stroke: #e4e8ec }
      .base { stroke: #9aa5b1 }
      .other { fill: #7b8794; fill-opacity: .38 }
      .area { fill: #0f766e; fill-opacity: .06 }
      .steps { fill: none; stroke: #0f766e; stroke-width: 2; stroke-linejoin: round }
      .beyond { stroke: #0f766e; stroke-width: 2; stroke-dasharray: 2 4 }
      .baseline { fill: #b4530f; stroke: #fff; stroke-width: 1.5 }
      .named { font-size: 11px; fill: #b4530f }
      .front { fill: #0f766e; stroke: #fff; stroke-width: 1.5 }
      </style>
      """;

  private final Axis xAxis;
  private final Axis yAxis;
  private final Scale x;
  private final Scale y;
  private final StringBuilder out = new StringBuilder();

  private FrontChart(Axis xAxis, Axis yAxis, List<Point> points) {
    this.xAxis = xAxis;
    this.yAxis = yAxis;
    x = scale(points, Point::x, xAxis, PLOT.getMinX(), PLOT.getMaxX());
    y = scale(points, Point::y, yAxis, PLOT.getMaxY(), PLOT.getMinY());
  }

  private static Scale scale(
      List<Point> points, ToDoubleFunction<Point> value, Axis axis, double from, double to) {
    return Scale.covering(points.stream().mapToDouble(value).toArray(), axis.format(), from, to);
  }

  /**
   * A whole SVG document.
   *
   * @param x a cost
   * @param y what should be large
   * @param all every candidate, those of the front may be among them
   * @param front in any order
   */
  public static String svg(String title, Axis x, Axis y, List<Point> all, List<Point> front) {
    return svg(title, x, y, all, front, List.of());
  }

  /**
   * The same beside networks of the literature, which are drawn as diamonds with their names.
   *
   * @param baselines never part of the front, however good
   */
  public static String svg(
      String title, Axis x, Axis y, List<Point> all, List<Point> front, List<Point> baselines) {
    List<Point> points = Stream.of(all, front, baselines).flatMap(List::stream).toList();
    List<Point> others = all.stream().filter(point -> !isAmong(front, point)).toList();
    FrontChart chart = new FrontChart(x, y, points);
    chart.open(title, others.size(), front.size(), baselines.size());
    chart.grid();
    others.forEach(chart::other);
    chart.front(front.stream().sorted(Comparator.comparingDouble(Point::x)).toList(), baselines);
    if (points.isEmpty()) {
      chart.text("middle", PLOT.getCenterX(), PLOT.getCenterY(), "axis", "No candidate yet");
    }
    return chart.out.append("</svg>\n").toString();
  }

  private static boolean isAmong(List<Point> front, Point point) {
    return front.stream().anyMatch(member -> member.x() == point.x() && member.y() == point.y());
  }

  private void open(String title, int others, int members, int baselines) {
    add(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%1$d\" height=\"%2$d\""
            + " viewBox=\"0 0 %1$d %2$d\" role=\"img\">",
        WIDTH, HEIGHT);
    add("<title>%s</title>", escape(title));
    out.append(STYLE);
    add(
        "<rect x=\".5\" y=\".5\" width=\"%d\" height=\"%d\" rx=\"8\" fill=\"#fff\""
            + " stroke=\"#d5dae0\"/>",
        WIDTH - 1, HEIGHT - 1);
    text("start", 24, 34, "title", title);
    legend(others, members, baselines);
    text("start", 24, 64, "axis", "↑ " + yAxis.title());
    text("end", PLOT.getMaxX(), HEIGHT - 18, "axis", xAxis.title() + scaleNote() + " →");
  }

  private String scaleNote() {
    return x.logarithmic() ? ", logarithmic" : "";
  }

  private void legend(int others, int members, int baselines) {
    String second = "other candidates (%d)".formatted(others);
    String first = "front (%d)".formatted(members);
    double secondAt = PLOT.getMaxX() - 6.3 * second.length();
    double firstAt = secondAt - 30 - 6.3 * first.length();
    add("<circle class=\"front\" cx=\"%.1f\" cy=\"60\" r=\"5\"/>", firstAt - 10);
    text("start", firstAt, 64, "", first);
    add("<circle class=\"other\" cx=\"%.1f\" cy=\"60\" r=\"3.5\"/>", secondAt - 10);
    text("start", secondAt, 64, "", second);
    if (baselines > 0) {
      String third = "baselines (%d)".formatted(baselines);
      double thirdAt = firstAt - 30 - 6.3 * third.length();
      diamond(thirdAt - 10, 60, "");
      text("start", thirdAt, 64, "", third);
    }
  }

  private void grid() {
    for (double tick : y.ticks()) {
      double at = y.pixel(tick);
      line("grid", PLOT.getMinX(), at, PLOT.getMaxX(), at);
      text("end", PLOT.getMinX() - 8, at + 4, "", yAxis.tick(tick));
    }
    for (double tick : x.ticks()) {
      double at = x.pixel(tick);
      line("grid", at, PLOT.getMinY(), at, PLOT.getMaxY());
      text("middle", at, PLOT.getMaxY() + 20, "", xAxis.tick(tick));
    }
    line("base", PLOT.getMinX(), PLOT.getMaxY(), PLOT.getMaxX(), PLOT.getMaxY());
  }

  private void other(Point point) {
    add(
        "<circle class=\"other\" cx=\"%.1f\" cy=\"%.1f\" r=\"3.5\">%s</circle>",
        x.pixel(point.x()), y.pixel(point.y()), tooltip(point));
  }

  private void diamond(double atX, double atY, String inside) {
    add(
        "<path class=\"baseline\" d=\"M%.1f,%.1fl6,6l-6,6l-6,-6Z\">%s</path>",
        atX, atY - 6, inside);
  }

  private void front(List<Point> members, List<Point> baselines) {
    Labels labels = labelsBeside(members);
    for (Point each : baselines) {
      diamond(x.pixel(each.x()), y.pixel(each.y()), tooltip(each));
      labels.avoid(
          x.pixel(each.x()) - 6, y.pixel(each.y()), x.pixel(each.x()) + 6, y.pixel(each.y()));
    }
    if (!members.isEmpty()) {
      front(members);
    }
    endsFirst(members).forEach(member -> label(labels, member, "label"));
    baselines.forEach(each -> label(labels, each, "named"));
  }

  private void front(List<Point> members) {
    Point first = members.get(0);
    Point last = members.get(members.size() - 1);
    String steps = steps(members);
    add(
        "<path class=\"area\" d=\"%sH%.1fV%.1fH%.1fZ\"/>",
        steps, PLOT.getMaxX(), PLOT.getMaxY(), x.pixel(first.x()));
    add("<path class=\"steps\" d=\"%s\"/>", steps);
    line("beyond", x.pixel(last.x()), y.pixel(last.y()), PLOT.getMaxX(), y.pixel(last.y()));
    for (Point member : members) {
      add(
          "<circle class=\"front\" cx=\"%.1f\" cy=\"%.1f\" r=\"5\">%s</circle>",
          x.pixel(member.x()), y.pixel(member.y()), tooltip(member));
    }
  }

  private Labels labelsBeside(List<Point> members) {
    Labels labels = new Labels(PLOT);
    double beforeY = PLOT.getMaxY();
    for (int i = 0; i < members.size(); i++) {
      double atX = x.pixel(members.get(i).x());
      double atY = y.pixel(members.get(i).y());
      double nextX = i + 1 < members.size() ? x.pixel(members.get(i + 1).x()) : PLOT.getMaxX();
      labels.avoid(atX, atY, nextX, atY);
      if (i > 0) {
        labels.avoid(atX, beforeY, atX, atY);
      }
      beforeY = atY;
    }
    return labels;
  }

  private String steps(List<Point> members) {
    StringBuilder path = new StringBuilder();
    for (Point member : members) {
      String step = path.isEmpty() ? "M%.1f,%.1f" : "H%.1fV%.1f";
      path.append(format(step, x.pixel(member.x()), y.pixel(member.y())));
    }
    return path.toString();
  }

  /** The best and the cheapest are what a reader looks for: they get their labels first. */
  private static List<Point> endsFirst(List<Point> members) {
    if (members.isEmpty()) {
      return members;
    }
    List<Point> order = new ArrayList<>(members);
    order.add(0, order.remove(order.size() - 1));
    return order;
  }

  private void label(Labels labels, Point member, String style) {
    Rectangle2D box = labels.place(member.label(), x.pixel(member.x()), y.pixel(member.y()));
    if (box != null && !member.label().isEmpty()) {
      text("middle", box.getCenterX(), box.getMaxY() - 3, style, member.label());
    }
  }

  private String tooltip(Point point) {
    String values = yAxis.tick(point.y()) + ", " + xAxis.tick(point.x());
    String label = point.label().isEmpty() ? values : point.label() + ": " + values;
    return "<title>" + escape(label) + "</title>";
  }

  private void line(String style, double x1, double y1, double x2, double y2) {
    add(
        "<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>",
        style, x1, y1, x2, y2);
  }

  private void text(String anchor, double atX, double atY, String style, String words) {
    String styled = style.isEmpty() ? "" : " class=\"" + style + "\"";
    add(
        "<text%s x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>",
        styled, atX, atY, anchor, escape(words));
  }

  private void add(String pattern, Object... values) {
    out.append(format(pattern, values)).append('\n');
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }

  private static String escape(String words) {
    return words
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
