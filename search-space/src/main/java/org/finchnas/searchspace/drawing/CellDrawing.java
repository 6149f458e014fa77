package org.finchnas.searchspace.drawing;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.finchnas.searchspace.Architecture;
import org.finchnas.searchspace.Block;
import org.finchnas.searchspace.Cell;
import org.finchnas.searchspace.Operation;

/**
 * Draws cells as the NASNet paper does (arXiv 1707.07012, figure 4): the two inputs at the bottom,
 * each block as two operations and their sum, the concatenation on top. The small number at a sum
 * is the hidden state's in the notation. Equal cells give equal text.
 */
public final class CellDrawing {

  private static final double MARGIN = 24;
  private static final double TITLE = 34;

  private static final double BOX_WIDTH = 76;
  private static final double BOX_HEIGHT = 26;
  private static final double BOX_GAP = 8;
  private static final double BLOCK_WIDTH = 2 * BOX_WIDTH + BOX_GAP;
  private static final double INPUT_WIDTH = 64;
  private static final double SUM_RADIUS = 10;

  /** From the bottom of an operation to the top of its sum. */
  private static final double ROW_HEIGHT = BOX_HEIGHT + 16 + 2 * SUM_RADIUS;

  private static final double ROW_GAP = 46;
  private static final double BAR_HEIGHT = 24;
  private static final double BAR_OVERHANG = 45;
  private static final double OUTPUT_HEIGHT = 46;

  private static final String LINE = "#5b6470";
  private static final String PREVIOUS = "#2f6fb5";
  private static final String BEFORE_PREVIOUS = "#c9611d";

  private final Svg svg;
  private final Cell cell;
  private final CellLayout layout;

  private CellDrawing(Svg svg, Cell cell) {
    this.svg = svg;
    this.cell = cell;
    layout = new CellLayout(cell, INPUT_WIDTH, BLOCK_WIDTH);
  }

  /** The normal cell and, below it, the reduction cell. */
  public static String svg(Architecture architecture) {
    return stack(
        List.of(architecture.normal(), architecture.reduction()),
        List.of("Normal cell", "Reduction cell"),
        architecture.notation());
  }

  /** One cell under a title. */
  public static String svg(Cell cell, String title) {
    return stack(List.of(cell), List.of(title), title);
  }

  private static String stack(List<Cell> cells, List<String> titles, String description) {
    Svg svg = new Svg();
    List<CellDrawing> drawings = cells.stream().map(cell -> new CellDrawing(svg, cell)).toList();
    double width = drawings.stream().mapToDouble(CellDrawing::width).max().orElse(0);
    double top = MARGIN;
    for (int i = 0; i < drawings.size(); i++) {
      CellDrawing drawing = drawings.get(i);
      svg.open(MARGIN + (width - drawing.width()) / 2, top);
      svg.text(drawing.width() / 2, 8, "font-size=\"15\" font-weight=\"bold\"", titles.get(i));
      drawing.draw();
      svg.close();
      top += drawing.height() + 2 * MARGIN;
    }
    return svg.document(width + 2 * MARGIN, top - MARGIN, description);
  }

  private double width() {
    return Math.max(120, layout.width());
  }

  private double height() {
    return bottom(0) + BOX_HEIGHT / 2;
  }

  private int topRow() {
    return layout.rows().size() - 1;
  }

  /** The lower edge of the boxes in a row; for the inputs the middle of the row. */
  private double bottom(int row) {
    return TITLE
        + OUTPUT_HEIGHT
        + BAR_HEIGHT
        + (topRow() - row + 1) * (ROW_GAP + ROW_HEIGHT)
        - (row == 0 ? ROW_HEIGHT - BOX_HEIGHT / 2 : 0);
  }

  /** Where the lines of a row's states begin. */
  private double top(int row) {
    return bottom(row) - (row == 0 ? BOX_HEIGHT / 2 : ROW_HEIGHT);
  }

  /** Lines first, so that boxes lie on them. */
  private void draw() {
    for (int row = 1; row <= topRow(); row++) {
      for (Item item : layout.rows().get(row)) {
        if (item.isPassing()) {
          drawPassing(item, row);
        } else {
          drawLines(item, row);
        }
      }
    }
    drawConcat();
    for (Item input : layout.rows().get(0)) {
      drawInput(input);
    }
    for (int row = 1; row <= topRow(); row++) {
      int here = row;
      layout.rows().get(row).stream()
          .filter(item -> !item.isPassing())
          .forEach(item -> drawBlock(item, here));
    }
  }

  private void drawPassing(Item item, int row) {
    Item below = layout.item(item.state(), row - 1);
    String color = color(item.state());
    svg.curve(below.x(), top(row - 1), item.x(), bottom(row), color);
    svg.curve(item.x(), bottom(row), item.x(), top(row), color);
  }

  /** One operation of a block and where it stands. */
  private record Side(int input, Operation operation, double x) {}

  /** The two sides in the order of their inputs, so that lines cross less. */
  private List<Side> sides(Item item, int row) {
    Block block = cell.blocks().get(item.state() - 2);
    double left = item.x() - (BOX_WIDTH + BOX_GAP) / 2;
    double right = item.x() + (BOX_WIDTH + BOX_GAP) / 2;
    boolean swapped =
        layout.item(block.leftInput(), row - 1).x() > layout.item(block.rightInput(), row - 1).x();
    return List.of(
        new Side(block.leftInput(), block.leftOperation(), swapped ? right : left),
        new Side(block.rightInput(), block.rightOperation(), swapped ? left : right));
  }

  private void drawLines(Item item, int row) {
    for (Side side : sides(item, row)) {
      Item source = layout.item(side.input(), row - 1);
      svg.curve(source.x(), top(row - 1), side.x(), bottom(row), color(side.input()));
      svg.curve(side.x(), bottom(row) - BOX_HEIGHT, item.x(), top(row) + SUM_RADIUS, LINE);
    }
  }

  private void drawBlock(Item item, int row) {
    for (Side side : sides(item, row)) {
      Box box = Box.around(side.x(), bottom(row) - BOX_HEIGHT / 2, BOX_WIDTH, BOX_HEIGHT);
      OperationLabel label = OperationLabel.of(side.operation());
      svg.rectangle(box, 5, label.family().fill(), label.family().stroke());
      svg.text(side.x(), bottom(row) - BOX_HEIGHT / 2, "fill=\"#1d232b\"", label.text());
    }
    double y = top(row) + SUM_RADIUS;
    svg.circle(item.x(), y, SUM_RADIUS, "#ffffff", LINE);
    svg.text(item.x(), y, "font-size=\"15\" fill=\"#1d232b\"", "+");
    svg.text(
        item.x() + SUM_RADIUS + 9,
        y,
        "font-size=\"10\" fill=\"#7a838f\"",
        String.valueOf(item.state()));
  }

  private void drawInput(Item item) {
    drawOutput(item.x(), bottom(0), item.state() == 0 ? "i" : "i\u22121", color(item.state()));
  }

  /** A cell's output: {@code h} with the cell's number below. */
  private void drawOutput(double x, double y, String number, String color) {
    svg.rectangle(Box.around(x, y, INPUT_WIDTH, BOX_HEIGHT), 13, "#ffffff", color);
    svg.subscripted(
        x, y, "font-size=\"14\" font-style=\"italic\" fill=\"" + color + "\"", "h", number);
  }

  private void drawConcat() {
    double barBottom = TITLE + OUTPUT_HEIGHT + BAR_HEIGHT;
    List<Double> lines = new ArrayList<>();
    for (int state : cell.concat()) {
      Item item = layout.item(state, topRow());
      lines.add(item.x());
      svg.curve(item.x(), top(topRow()), item.x(), barBottom, color(state));
    }
    double left = Math.max(-MARGIN / 2, Collections.min(lines) - BAR_OVERHANG);
    double right = Math.min(layout.width() + MARGIN / 2, Collections.max(lines) + BAR_OVERHANG);
    double middle = (left + right) / 2;
    svg.curve(middle, barBottom - BAR_HEIGHT, middle, TITLE + BOX_HEIGHT, LINE);
    Box bar = new Box(left, barBottom - BAR_HEIGHT, right - left, BAR_HEIGHT);
    svg.rectangle(bar, 5, Family.JOIN.fill(), LINE);
    svg.text(middle, barBottom - BAR_HEIGHT / 2, "fill=\"#1d232b\"", "concat");
    drawOutput(middle, TITLE + BOX_HEIGHT / 2, "i+1", LINE);
  }

  private static String color(int state) {
    return switch (state) {
      case 0 -> PREVIOUS;
      case 1 -> BEFORE_PREVIOUS;
      default -> LINE;
    };
  }
}
