package org.finchnas.searchspace.drawing;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Collects the elements of an SVG document. Lengths are in pixels. */
final class Svg {

  private static final double ARROW = 6;
  private static final double ROUNDING = 6;

  private final StringBuilder elements = new StringBuilder();

  Svg rectangle(Box box, double radius, String fill, String stroke) {
    return element(
        "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" rx=\"%.1f\" fill=\"%s\" stroke=\"%s\"/>",
        box.left(), box.top(), box.width(), box.height(), radius, fill, stroke);
  }

  Svg circle(double x, double y, double radius, String fill, String stroke) {
    return element(
        "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\" fill=\"%s\" stroke=\"%s\"/>",
        x, y, radius, fill, stroke);
  }

  /** A line that leaves and arrives vertically. */
  Svg curve(double fromX, double fromY, double toX, double toY, String stroke) {
    double middle = (fromY + toY) / 2;
    return element(
        "<path d=\"M%.1f %.1f C%.1f %.1f %.1f %.1f %.1f %.1f\" fill=\"none\" stroke=\"%s\" stroke-width=\"1.6\"/>",
        fromX, fromY, fromX, middle, toX, middle, toX, toY, stroke);
  }

  /** Text around a point. */
  Svg text(double x, double y, String style, String text) {
    return element(
        "<text x=\"%.1f\" y=\"%.1f\" dy=\"0.35em\" text-anchor=\"middle\" %s>%s</text>",
        x, y, style, escape(text));
  }

  /** Text that begins at a point. */
  Svg leftText(double x, double y, String style, String text) {
    return element(
        "<text x=\"%.1f\" y=\"%.1f\" dy=\"0.35em\" %s>%s</text>", x, y, style, escape(text));
  }

  /** Text that ends at a point. */
  Svg rightText(double x, double y, String style, String text) {
    return leftText(x, y, "text-anchor=\"end\" " + style, text);
  }

  /** What a browser shows when the pointer rests on the group that was opened. */
  Svg tooltip(String text) {
    return element("<title>%s</title>", escape(text));
  }

  /** Text that begins at a point, with bold text behind it. */
  Svg markedText(double x, double y, String style, String text, String mark) {
    return element(
        "<text x=\"%.1f\" y=\"%.1f\" dy=\"0.35em\" %s>%s<tspan font-weight=\"bold\"%s>%s</tspan></text>",
        x, y, style, escape(text), text.isEmpty() ? "" : " dx=\"6\"", escape(mark));
  }

  /** A line with rounded corners that ends in an arrow. */
  Svg arrow(List<Point> points, String stroke) {
    int last = points.size() - 1;
    Point tip = points.get(last);
    Point base = tip.towards(points.get(last - 1), ARROW);
    List<Point> line = new ArrayList<>(points.subList(0, last));
    line.add(base);
    line(line, stroke);
    double acrossX = (tip.y() - base.y()) / 2;
    double acrossY = (base.x() - tip.x()) / 2;
    return area(List.of(base.moved(acrossX, acrossY), tip, base.moved(-acrossX, -acrossY)), stroke);
  }

  /** A line with rounded corners. */
  Svg line(List<Point> points, String stroke) {
    StringBuilder path = new StringBuilder(place("M", points.get(0)));
    for (int i = 1; i < points.size() - 1; i++) {
      Point corner = points.get(i);
      Point before = corner.towards(points.get(i - 1), ROUNDING);
      Point after = corner.towards(points.get(i + 1), ROUNDING);
      path.append(place(" L", before)).append(place(" Q", corner)).append(place(" ", after));
    }
    path.append(place(" L", points.get(points.size() - 1)));
    return element(
        "<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"1.4\"/>", path, stroke);
  }

  /** A filled polygon without a border. */
  Svg area(List<Point> corners, String fill) {
    StringBuilder path = new StringBuilder(place("M", corners.get(0)));
    corners.subList(1, corners.size()).forEach(corner -> path.append(place(" L", corner)));
    return element("<path d=\"%sZ\" fill=\"%s\"/>", path, fill);
  }

  private static String place(String command, Point point) {
    return String.format(Locale.ROOT, "%s%.1f %.1f", command, point.x(), point.y());
  }

  /** About as wide as a text is in the fonts that browsers take, rather more than less. */
  static double textWidth(String text, double size) {
    return 0.55 * size * text.length();
  }

  /** Text around a point, with smaller text low behind it. */
  Svg subscripted(double x, double y, String style, String text, String subscript) {
    return element(
        "<text x=\"%.1f\" y=\"%.1f\" dy=\"0.3em\" text-anchor=\"middle\" %s>%s"
            + "<tspan font-size=\"10\" dy=\"3\" dx=\"1\">%s</tspan></text>",
        x, y, style, escape(text), escape(subscript));
  }

  /** Moves what follows, up to {@link #close}. */
  Svg open(double x, double y) {
    return element("<g transform=\"translate(%.1f %.1f)\">", x, y);
  }

  Svg close() {
    return element("</g>");
  }

  private Svg element(String form, Object... values) {
    elements.append(String.format(Locale.ROOT, form, values)).append('\n');
    return this;
  }

  String document(double width, double height, String title) {
    return String.format(
            Locale.ROOT,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%.0f\" height=\"%.0f\" viewBox=\"0 0 %.0f %.0f\""
                + " font-family=\"Helvetica, Arial, sans-serif\" font-size=\"12\">\n",
            width,
            height,
            width,
            height)
        + "<title>"
        + escape(title)
        + "</title>\n<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n"
        + elements
        + "</svg>\n";
  }

  static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
