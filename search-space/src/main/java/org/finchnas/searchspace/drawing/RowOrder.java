package org.finchnas.searchspace.drawing;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * Looks for the order in each row in which lines cross least, then are shortest. Rows are sorted by
 * the middle of their neighbours, up and down in turn (Sugiyama, Tagawa and Toda 1981,
 * doi:10.1109/TSMC.1981.4308636); from each turn on neighbours are swapped as long as that helps,
 * and the best of all is kept.
 */
final class RowOrder {

  private static final int TURNS = 12;
  private static final double CROSSING_COST = 1000;
  private static final double LEAST_GAIN = 1e-6;

  private final CellRows rows;

  private RowOrder(CellRows rows) {
    this.rows = rows;
  }

  static void improve(CellRows rows) {
    new RowOrder(rows).search();
  }

  private void search() {
    double least = Double.MAX_VALUE;
    List<List<Item>> best = List.of();
    for (int turn = 0; turn < TURNS; turn++) {
      boolean upwards = turn % 2 == 0;
      for (int i = 0; i < rows.count(); i++) {
        sort(upwards ? i : rows.count() - 1 - i, upwards);
      }
      List<List<Item>> sorted = copy(rows.all());
      while (swapNeighbours()) {
        // Each swap makes the whole better, so this ends.
      }
      double cost = cost();
      if (cost < least) {
        least = cost;
        best = copy(rows.all());
      }
      restore(sorted);
    }
    restore(best);
  }

  private static List<List<Item>> copy(List<List<Item>> rows) {
    return rows.stream().map(List::copyOf).toList();
  }

  private void restore(List<List<Item>> copy) {
    for (int row = 0; row < rows.count(); row++) {
      set(row, copy.get(row));
    }
  }

  /** Swaps neighbours, in one row or in all, where that makes the whole better. */
  private boolean swapNeighbours() {
    boolean better = false;
    for (int row = 0; row < rows.count(); row++) {
      for (int i = 1; i < rows.row(row).size(); i++) {
        int left = rows.row(row).get(i - 1).state();
        int right = rows.row(row).get(i).state();
        better |= swapIfBetter(List.of(rows.row(row)), left, right);
        better |= swapIfBetter(rows.all(), left, right);
      }
    }
    return better;
  }

  private boolean swapIfBetter(List<List<Item>> where, int one, int other) {
    double before = cost();
    where.forEach(row -> swap(row, one, other));
    if (cost() < before - LEAST_GAIN) {
      return true;
    }
    where.forEach(row -> swap(row, one, other));
    return false;
  }

  /** Swaps two states if they are neighbours. */
  private static void swap(List<Item> row, int one, int other) {
    for (int i = 1; i < row.size(); i++) {
      int left = row.get(i - 1).state();
      int right = row.get(i).state();
      if ((left == one && right == other) || (left == other && right == one)) {
        Collections.swap(row, i - 1, i);
        CellRows.pack(row);
        return;
      }
    }
  }

  private void sort(int row, boolean upwards) {
    List<Item> items = new ArrayList<>(rows.row(row));
    items.sort(Comparator.comparingDouble(item -> rows.wish(item, row, upwards, !upwards)));
    set(row, items);
  }

  private void set(int row, List<Item> items) {
    Collections.copy(rows.row(row), items);
    CellRows.pack(items);
  }

  private record Line(double from, double to) {
    boolean crosses(Line other) {
      return (from - other.from) * (to - other.to) < 0;
    }
  }

  private double cost() {
    double cost = 0;
    for (int row = 1; row < rows.count(); row++) {
      List<Line> lines = new ArrayList<>();
      for (Item item : rows.row(row)) {
        rows.below(item, row).forEach(source -> lines.add(new Line(source.x(), item.x())));
      }
      for (Line line : lines) {
        cost += Math.abs(line.from() - line.to());
        cost += CROSSING_COST / 2 * lines.stream().filter(line::crosses).count();
      }
    }
    return cost;
  }
}
