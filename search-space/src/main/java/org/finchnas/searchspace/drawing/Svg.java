package org.finchnas.searchspace.drawing;

import java.util.Locale;

/** Collects the elements of an SVG document. Lengths are in pixels. */
final class Svg {

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
