package org.finchnas.searchspace.drawing;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.finchnas.searchspace.network.Network;
import org.finchnas.searchspace.network.Shape;

/**
 * Draws the stages of a network, the input at the bottom: each with the shape that comes out, in a
 * box that is as wide as the image is large, its units, and its share of all params and
 * multiply-accumulates. Equal networks give equal text.
 */
public final class NetworkDrawing {

  private static final double MARGIN = 24;
  private static final double HEADER = 78;
  private static final double FOOTER = 16;

  private static final double PADDING = 8;
  private static final double ROW_GAP = 18;
  private static final double SHAPE_HEIGHT = 42;
  private static final double LEAST_SHAPE = 96;

  /** Bold text is wider than its size says. */
  private static final double NAME_SIZE = 13.5;

  /** By how much a box grows when the image doubles. */
  private static final double DOUBLING = 18;

  private static final double LEAST_FACTOR = 1.25;
  private static final double WHOLE_TOLERANCE = 0.05;

  private static final double SHARE_GAP = 20;
  private static final double SKIP_GAP = 10;

  private static final String INK = "#1d232b";
  private static final String LEGIBLE = "#4a525d";
  private static final String FLOW = "#2f6fb5";

  private final Svg svg = new Svg();
  private final Network network;
  private final List<Stage> stages;
  private final List<StageDrawing> drawings;
  private final List<Skip> skips;
  private final double leastShape;
  private final double shapeWidth;
  private final double unitsWidth;

  private NetworkDrawing(Network network) {
    this.network = network;
    stages = NetworkStages.of(network);
    drawings = stages.stream().map(StageDrawing::new).toList();
    skips = Skip.of(stages);
    leastShape =
        stages.stream()
            .mapToDouble(stage -> Svg.textWidth(stage.name(), NAME_SIZE) + 2 * PADDING)
            .reduce(LEAST_SHAPE, Math::max);
    shapeWidth =
        IntStream.range(-1, stages.size())
            .mapToDouble(stage -> shapeWidth(shape(stage)))
            .max()
            .orElse(leastShape);
    double legend = Legend.width() - 2 * Share.WIDTH - SHARE_GAP;
    unitsWidth = drawings.stream().mapToDouble(StageDrawing::width).reduce(legend, Math::max);
  }

  /** The whole network under a title. */
  public static String svg(Network network, String title) {
    return new NetworkDrawing(network).draw(title);
  }

  private double shapeWidth(Shape shape) {
    double doublings = Math.log(Math.max(shape.height(), shape.width())) / Math.log(2);
    return leastShape + DOUBLING * doublings;
  }

  private double left() {
    return MARGIN + SKIP_GAP * skips.stream().mapToInt(skip -> skip.lane() + 1).max().orElse(0);
  }

  private double shapeMiddle() {
    return left() + PADDING + shapeWidth / 2;
  }

  private double unitsLeft() {
    return left() + PADDING + shapeWidth + PADDING;
  }

  private double sharesLeft() {
    return unitsLeft() + unitsWidth + PADDING;
  }

  private double secondShareLeft() {
    return sharesLeft() + Share.WIDTH + SHARE_GAP;
  }

  private double right() {
    return secondShareLeft() + Share.WIDTH + PADDING;
  }

  private double rowHeight(int stage) {
    return drawings.get(stage).height() + 2 * PADDING;
  }

  /** The upper edge of a stage's row, from the top of the page; of the input's for -1. */
  private double top(int stage) {
    double top = HEADER;
    for (int i = stages.size() - 1; i > stage; i--) {
      top += rowHeight(i) + ROW_GAP;
    }
    return top;
  }

  private double middle(int stage) {
    return top(stage) + (stage < 0 ? SHAPE_HEIGHT + 2 * PADDING : rowHeight(stage)) / 2;
  }

  private Shape shape(int stage) {
    return stage < 0 ? network.input() : stages.get(stage).output();
  }

  private String draw(String title) {
    drawHeader(title);
    for (int i = 0; i < stages.size(); i++) {
      Box row = new Box(left(), top(i), right() - left(), rowHeight(i));
      svg.rectangle(row, 9, "#f8f9fb", "#dde1e6");
    }
    for (int i = 0; i < stages.size(); i++) {
      drawFlow(i);
    }
    for (int i = -1; i < stages.size(); i++) {
      drawShape(i);
    }
    for (int i = 0; i < stages.size(); i++) {
      Stage stage = stages.get(i);
      drawings.get(i).draw(svg, unitsLeft(), top(i) + PADDING);
      new Share(stage.params(), network.params(), "params").draw(svg, sharesLeft(), middle(i));
      new Share(stage.macs(), network.macs(), "MACs").draw(svg, secondShareLeft(), middle(i));
    }
    drawSkips();
    Legend.draw(svg, stages, unitsLeft() + PADDING, middle(-1));
    double height = top(-1) + SHAPE_HEIGHT + 2 * PADDING + FOOTER;
    return svg.document(right() + MARGIN, height, title);
  }

  private void drawHeader(String title) {
    svg.leftText(left(), 28, "font-size=\"18\" font-weight=\"bold\" fill=\"" + INK + "\"", title);
    String sum =
        String.format(Locale.ROOT, "%,d params, %,d MACs", network.params(), network.macs());
    svg.leftText(left(), 51, "fill=\"" + LEGIBLE + "\"", sum);
    String style = "font-weight=\"bold\" fill=\"" + LEGIBLE + "\"";
    svg.leftText(sharesLeft(), HEADER - 12, style, "params");
    svg.leftText(secondShareLeft(), HEADER - 12, style, "MACs");
  }

  private Box shapeBox(int stage) {
    return Box.around(shapeMiddle(), middle(stage), shapeWidth(shape(stage)), SHAPE_HEIGHT);
  }

  private void drawShape(int stage) {
    Box box = shapeBox(stage);
    String name = stage < 0 ? "Input" : stages.get(stage).name();
    svg.rectangle(box, 4, "#ffffff", FLOW);
    svg.text(shapeMiddle(), middle(stage) - 9, "font-weight=\"bold\" fill=\"" + INK + "\"", name);
    svg.text(shapeMiddle(), middle(stage) + 9, "fill=\"" + FLOW + "\"", words(shape(stage)));
  }

  private static String words(Shape shape) {
    return "%d×%d×%d".formatted(shape.height(), shape.width(), shape.channels());
  }

  /** From the image before to this stage's, with the factor by which it shrinks or grows. */
  private void drawFlow(int stage) {
    Box from = shapeBox(stage - 1);
    Box to = shapeBox(stage);
    double low = from.top();
    double high = to.top() + to.height();
    svg.area(
        List.of(
            new Point(from.left(), low),
            new Point(to.left(), high),
            new Point(to.left() + to.width(), high),
            new Point(from.left() + from.width(), low)),
        "#dce8f6");
    String factor = factor(shape(stage - 1), shape(stage));
    if (!factor.isEmpty()) {
      svg.text(shapeMiddle(), (low + high) / 2, "font-size=\"11\" fill=\"" + FLOW + "\"", factor);
    }
  }

  /** Empty unless the image shrinks or grows by more than its border. */
  private static String factor(Shape from, Shape to) {
    double ratio = (double) from.height() / to.height();
    double factor = Math.max(ratio, 1 / ratio);
    if (factor < LEAST_FACTOR) {
      return "";
    }
    long whole = Math.round(factor);
    boolean nearlyWhole = Math.abs(factor - whole) < WHOLE_TOLERANCE * whole;
    String number =
        nearlyWhole && whole > 1
            ? String.valueOf(whole)
            : String.format(Locale.ROOT, "%.1f", factor);
    return (ratio > 1 ? "÷ " : "× ") + number;
  }

  private void drawSkips() {
    for (Skip skip : skips) {
      double x = left() - SKIP_GAP * (skip.lane() + 1);
      double from = middle(skip.from()) - 8;
      double to = middle(skip.to()) + 8;
      svg.arrow(
          List.of(
              new Point(shapeBox(skip.from()).left(), from),
              new Point(x, from),
              new Point(x, to),
              new Point(shapeBox(skip.to()).left(), to)),
          UnitDrawing.LINE);
    }
  }
}
