package org.finchnas.searchspace.drawing;

import java.util.List;
import java.util.stream.Stream;
import org.finchnas.searchspace.Cell;

/** Where the states of a cell stand, and the lanes of those that are read further up. */
final class CellLayout {

  private static final int TURNS = 12;
  private static final double SMALL_BEND = 24;

  private final CellRows rows;

  CellLayout(Cell cell, double inputWidth, double blockWidth) {
    rows = new CellRows(cell, inputWidth, blockWidth);
    RowOrder.improve(rows);
    straighten();
  }

  /** From the row of the two inputs, at the bottom, upwards. */
  List<List<Item>> rows() {
    return rows.all();
  }

  /** The state itself, or its lane, in a row at or above its own. */
  Item item(int state, int row) {
    return rows.item(state, row);
  }

  double width() {
    return all().mapToDouble(item -> item.x() + item.width() / 2).max().orElse(0);
  }

  private Stream<Item> all() {
    return rows.all().stream().flatMap(List::stream);
  }

  /** Moves every item towards its neighbours as far as the order of its row allows. */
  private void straighten() {
    for (int turn = 0; turn < TURNS; turn++) {
      for (int row = 0; row < rows.count(); row++) {
        place(row);
      }
    }
    for (int row = 1; row < rows.count(); row++) {
      straightenLanes(row);
    }
    double left = all().mapToDouble(item -> item.x() - item.width() / 2).min().orElse(0);
    all().toList().forEach(item -> item.moveTo(item.x() - left));
  }

  /** The mean of pushing to the right and pushing to the left keeps all distances. */
  private void place(int row) {
    List<Item> items = rows.row(row);
    int count = items.size();
    double[] right = new double[count];
    double[] left = new double[count];
    for (int i = 0; i < count; i++) {
      right[i] = rows.wish(items.get(i), row, true, true);
      left[i] = right[i];
    }
    for (int i = 1; i < count; i++) {
      right[i] = Math.max(right[i], right[i - 1] + CellRows.distance(items, i));
    }
    for (int i = count - 1; i > 0; i--) {
      left[i - 1] = Math.min(left[i - 1], left[i] - CellRows.distance(items, i));
    }
    for (int i = 0; i < count; i++) {
      items.get(i).moveTo((left[i] + right[i]) / 2);
    }
  }

  /** Takes small bends out of passing lines where there is room. */
  private void straightenLanes(int row) {
    List<Item> items = rows.row(row);
    for (int i = 0; i < items.size(); i++) {
      Item item = items.get(i);
      double x = item.isPassing() ? rows.item(item.state(), row - 1).x() : item.x();
      boolean room =
          (i == 0 || x - items.get(i - 1).x() >= CellRows.distance(items, i))
              && (i + 1 == items.size()
                  || items.get(i + 1).x() - x >= CellRows.distance(items, i + 1));
      if (room && Math.abs(x - item.x()) < SMALL_BEND) {
        item.moveTo(x);
      }
    }
  }
}
