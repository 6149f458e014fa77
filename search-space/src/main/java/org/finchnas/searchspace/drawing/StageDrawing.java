package org.finchnas.searchspace.drawing;

import java.util.ArrayList;
import java.util.List;

/** The units of one stage, in lines from the bottom upwards. */
final class StageDrawing {

  /** Wider lines are broken. */
  private static final double WIDEST = 960;

  private static final double UNIT_GAP = 14;
  private static final double LINE_GAP = 20;
  private static final double LEAST_HEIGHT = 52;
  private static final double TURN = 8;

  private final List<List<UnitDrawing>> lines = new ArrayList<>();

  StageDrawing(Stage stage) {
    double right = Double.POSITIVE_INFINITY;
    for (Unit unit : stage.units()) {
      UnitDrawing drawing = new UnitDrawing(unit);
      right += UNIT_GAP + drawing.width();
      if (right > WIDEST) {
        lines.add(new ArrayList<>());
        right = drawing.width();
      }
      lines.get(lines.size() - 1).add(drawing);
    }
  }

  double width() {
    return lines.stream().mapToDouble(StageDrawing::width).max().orElse(0) + 2 * TURN;
  }

  double height() {
    return Math.max(LEAST_HEIGHT, contentHeight());
  }

  private double contentHeight() {
    return lines.stream().mapToDouble(line -> ascent(line) + descent(line) + LINE_GAP).sum()
        - LINE_GAP;
  }

  private static double width(List<UnitDrawing> line) {
    return line.stream().mapToDouble(unit -> unit.width() + UNIT_GAP).sum() - UNIT_GAP;
  }

  private static double ascent(List<UnitDrawing> line) {
    return line.stream().mapToDouble(UnitDrawing::ascent).max().orElse(0);
  }

  private static double descent(List<UnitDrawing> line) {
    return line.stream().mapToDouble(UnitDrawing::descent).max().orElse(0);
  }

  /** Draws them right of and below a place. */
  void draw(Svg svg, double left, double top) {
    double bottom = top + (height() + contentHeight()) / 2;
    Point end = new Point(left, bottom);
    for (int i = 0; i < lines.size(); i++) {
      List<UnitDrawing> line = lines.get(i);
      Point start = new Point(left + TURN, bottom - descent(line));
      if (i > 0) {
        connect(svg, end, bottom + LINE_GAP / 2, start);
      }
      end = drawLine(svg, line, start.x(), start.y());
      bottom -= ascent(line) + descent(line) + LINE_GAP;
    }
  }

  /** From the right end of a line to the left end of the one above. */
  private static void connect(Svg svg, Point end, double between, Point start) {
    svg.line(
        List.of(
            end,
            end.moved(TURN, 0),
            new Point(end.x() + TURN, between),
            new Point(start.x() - TURN, between),
            start.moved(-TURN, 0),
            start),
        UnitDrawing.LINE);
  }

  private static Point drawLine(Svg svg, List<UnitDrawing> line, double left, double y) {
    double x = left;
    for (UnitDrawing unit : line) {
      if (x > left) {
        svg.line(List.of(new Point(x - UNIT_GAP, y), new Point(x, y)), UnitDrawing.LINE);
      }
      unit.draw(svg, x, y);
      x += unit.width() + UNIT_GAP;
    }
    return new Point(x - UNIT_GAP, y);
  }
}
