package org.finchnas.cli.chart;

import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/** Figures over the course of searches as lines, one panel beside the other, one legend for all. */
public final class CourseChart {

  private static final int PANEL_WIDTH = 470;
  private static final int HEIGHT = 420;
  private static final int LEGEND_TOP = 66;

  /** Okabe and Ito's colours, which people who see colours differently can tell apart. */
  private static final List<String> COLOURS =
      List.of("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000");

  private static final String STYLE =
      """
      <style>
      text { font-family: system-ui, -apple-system, "Segoe UI", Roboto, Helvetica, Arial, sans-serif; fill: #4b5763; font-size: 12px }
      .title { font-size: 17px; font-weight: 600; fill: #17202a }
      .axis { fill: #17202a }
      .grid { stroke: #e4e8ec }
      .base { stroke: #9aa5b1 }
      .course { fill: none; stroke-width: 2; stroke-linejoin: round }
      </style>
      """;

  private final StringBuilder out = new StringBuilder();

  private CourseChart() {}

  /**
   * One line.
   *
   * @param points from left to right
   */
  public record Course(String name, List<Point> points) {

    public Course {
      points = List.copyOf(points);
    }
  }

  /**
   * Lines with common axes.
   *
   * @param logarithmic whether equal ratios of the vertical axis get equal room; all values above 0
   */
  public record Panel(String title, Axis x, Axis y, boolean logarithmic, List<Course> courses) {

    public Panel {
      courses = List.copyOf(courses);
    }
  }

  /** A whole SVG document; courses of one name have one colour in all panels. */
  public static String svg(String title, List<Panel> panels) {
    CourseChart chart = new CourseChart();
    int width = PANEL_WIDTH * panels.size();
    chart.add(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%1$d\" height=\"%2$d\""
            + " viewBox=\"0 0 %1$d %2$d\" role=\"img\">",
        width, HEIGHT);
    chart.add("<title>%s</title>", escape(title));
    chart.out.append(STYLE);
    chart.add(
        "<rect x=\".5\" y=\".5\" width=\"%d\" height=\"%d\" rx=\"8\" fill=\"#fff\""
            + " stroke=\"#d5dae0\"/>",
        width - 1, HEIGHT - 1);
    chart.text("start", 24, 34, "title", title);
    List<String> names =
        panels.stream().flatMap(p -> p.courses().stream()).map(Course::name).distinct().toList();
    chart.legend(names);
    for (int i = 0; i < panels.size(); i++) {
      chart.panel(
          panels.get(i),
          new Rectangle2D.Double(PANEL_WIDTH * i + 62.0, 118, PANEL_WIDTH - 86.0, 250),
          names);
    }
    return chart.out.append("</svg>\n").toString();
  }

  private void legend(List<String> names) {
    double left = 24;
    for (int i = 0; i < names.size(); i++) {
      add(
          "<line x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\" stroke=\"%s\" stroke-width=\"3\"/>",
          left, LEGEND_TOP - 4, left + 18, LEGEND_TOP - 4, colour(i));
      text("start", left + 24, LEGEND_TOP, "", names.get(i));
      left += 44 + 6.6 * names.get(i).length();
    }
  }

  private static String colour(int index) {
    return COLOURS.get(index % COLOURS.size());
  }

  private void panel(Panel panel, Rectangle2D plot, List<String> names) {
    double[] allX = values(panel, Point::x);
    double[] allY = values(panel, Point::y);
    text("start", plot.getMinX() - 38, plot.getMinY() - 14, "axis", "↑ " + panel.title());
    text("end", plot.getMaxX(), plot.getMaxY() + 38, "axis", panel.x().title() + " →");
    if (allX.length == 0) {
      text("middle", plot.getCenterX(), plot.getCenterY(), "axis", "Nothing was measured");
      return;
    }
    Scale x = new Scale(0, max(allX), false, plot.getMinX(), plot.getMaxX());
    Scale y = vertical(panel, allY, plot);
    grid(panel, x, y, plot);
    for (Course course : panel.courses()) {
      course(course, x, y, colour(names.indexOf(course.name())));
    }
  }

  private static double[] values(Panel panel, ToDoubleFunction<Point> value) {
    return panel.courses().stream()
        .flatMap(course -> course.points().stream())
        .mapToDouble(value)
        .toArray();
  }

  private static double max(double[] values) {
    return DoubleStream.of(values).max().orElse(1);
  }

  private static Scale vertical(Panel panel, double[] values, Rectangle2D plot) {
    if (!panel.logarithmic()) {
      return Scale.covering(values, panel.y().format(), plot.getMaxY(), plot.getMinY());
    }
    double min = DoubleStream.of(values).min().orElse(1);
    return new Scale(
        min / 1.1, Math.max(min, max(values)) * 1.1, true, plot.getMaxY(), plot.getMinY());
  }

  private void grid(Panel panel, Scale x, Scale y, Rectangle2D plot) {
    for (double tick : y.ticks()) {
      double at = y.pixel(tick);
      line("grid", plot.getMinX(), at, plot.getMaxX(), at);
      text("end", plot.getMinX() - 8, at + 4, "", panel.y().tick(tick));
    }
    for (double tick : x.ticks()) {
      double at = x.pixel(tick);
      line("grid", at, plot.getMinY(), at, plot.getMaxY());
      text("middle", at, plot.getMaxY() + 18, "", panel.x().tick(tick));
    }
    line("base", plot.getMinX(), plot.getMaxY(), plot.getMaxX(), plot.getMaxY());
  }

  private void course(Course course, Scale x, Scale y, String colour) {
    StringBuilder path = new StringBuilder();
    for (Point point : course.points()) {
      path.append(
          String.format(
              Locale.ROOT,
              "%s%.1f,%.1f",
              path.isEmpty() ? "M" : "L",
              x.pixel(point.x()),
              y.pixel(point.y())));
    }
    add(
        "<path class=\"course\" stroke=\"%s\" d=\"%s\"><title>%s</title></path>",
        colour, path, escape(course.name()));
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
    out.append(String.format(Locale.ROOT, pattern, values)).append('\n');
  }

  private static String escape(String words) {
    return words
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
