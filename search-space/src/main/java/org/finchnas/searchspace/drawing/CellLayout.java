package org.finchnas.searchspace.drawing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.finchnas.searchspace.Block;
import org.finchnas.searchspace.Cell;

/**
 * Where the states of a cell stand: in rows by the longest path from the cell's inputs, a state
 * that is read beyond the next row taking a lane in each row between (Sugiyama, Tagawa and Toda
 * 1981, doi:10.1109/TSMC.1981.4308636). Rows are sorted by the middle of their neighbours, up and
 * down in turn, and the best of all turns is kept.
 */
final class CellLayout {

  static final double GAP = 22;
  private static final int TURNS = 12;
  private static final double CROSSING_COST = 150;

  private final Cell cell;
  private final int[] level;

  /** From the row of the two inputs, at the bottom, upwards. */
  private final List<List<Item>> rows = new ArrayList<>();

  CellLayout(Cell cell, double inputWidth, double blockWidth) {
    this.cell = cell;
    level = levels(cell);
    int top = IntStream.of(level).max().orElse(0);
    for (int row = 0; row <= top; row++) {
      rows.add(items(row, row == 0 ? inputWidth : blockWidth));
    }
    arrange();
  }

  List<List<Item>> rows() {
    return rows;
  }

  /** The state itself, or its lane, in a row at or above its own. */
  Item item(int state, int row) {
    return rows.get(row).stream()
        .filter(item -> item.state() == state)
        .findFirst()
        .orElseThrow(
            () -> new IllegalStateException("State %d is not in row %d.".formatted(state, row)));
  }

  int level(int state) {
    return level[state];
  }

  double width() {
    return all().mapToDouble(item -> item.x() + item.width() / 2).max().orElse(0);
  }

  private Stream<Item> all() {
    return rows.stream().flatMap(List::stream);
  }

  private static int[] levels(Cell cell) {
    int[] level = new int[cell.states()];
    for (int i = 0; i < cell.blocks().size(); i++) {
      Block block = cell.blocks().get(i);
      level[i + 2] = 1 + Math.max(level[block.leftInput()], level[block.rightInput()]);
    }
    return level;
  }

  private List<Item> items(int row, double width) {
    List<Item> items = new ArrayList<>();
    for (int state = 0; state < cell.states(); state++) {
      if (level[state] == row) {
        items.add(Item.of(state, width));
      } else if (level[state] < row && lastRow(state) > row) {
        items.add(Item.passing(state));
      }
    }
    return items;
  }

  /** The highest row that reads a state; the concatenation is above all. */
  private int lastRow(int state) {
    return cell.concat().contains(state)
        ? Integer.MAX_VALUE
        : IntStream.range(2, cell.states())
            .filter(reader -> cell.blocks().get(reader - 2).reads(state))
            .map(reader -> level[reader])
            .max()
            .orElse(0);
  }

  private void arrange() {
    rows.forEach(CellLayout::pack);
    double least = Double.MAX_VALUE;
    List<List<Item>> best = List.of();
    for (int turn = 0; turn < TURNS; turn++) {
      boolean upwards = turn % 2 == 0;
      for (int i = 0; i < rows.size(); i++) {
        sort(upwards ? i : rows.size() - 1 - i, upwards);
      }
      double cost = cost();
      if (cost < least) {
        least = cost;
        best = rows.stream().map(List::copyOf).toList();
      }
    }
    for (int row = 0; row < rows.size(); row++) {
      rows.set(row, best.get(row));
      pack(rows.get(row));
    }
    straighten();
  }

  private void sort(int row, boolean upwards) {
    List<Item> items = new ArrayList<>(rows.get(row));
    items.sort(Comparator.comparingDouble(item -> wish(item, row, upwards, !upwards)));
    rows.set(row, items);
    pack(items);
  }

  private static void pack(List<Item> items) {
    double width = items.stream().mapToDouble(item -> item.width() + GAP).sum() - GAP;
    double left = -width / 2;
    for (Item item : items) {
      item.moveTo(left + item.width() / 2);
      left += item.width() + GAP;
    }
  }

  /** The middle of an item's neighbours below and above, or where it is if it has none. */
  private double wish(Item item, int row, boolean below, boolean above) {
    List<Item> neighbours = new ArrayList<>();
    if (below && row > 0) {
      neighbours.addAll(below(item, row));
    }
    if (above && row + 1 < rows.size()) {
      for (Item reader : rows.get(row + 1)) {
        below(reader, row + 1).stream()
            .filter(source -> source == item)
            .forEach(source -> neighbours.add(reader));
      }
    }
    return neighbours.stream().mapToDouble(Item::x).average().orElse(item.x());
  }

  private List<Item> below(Item item, int row) {
    if (item.isPassing()) {
      return List.of(item(item.state(), row - 1));
    }
    Block block = cell.blocks().get(item.state() - 2);
    return List.of(item(block.leftInput(), row - 1), item(block.rightInput(), row - 1));
  }

  private record Line(double from, double to) {
    boolean crosses(Line other) {
      return (from - other.from) * (to - other.to) < 0;
    }
  }

  private double cost() {
    double cost = 0;
    for (int row = 1; row < rows.size(); row++) {
      List<Line> lines = new ArrayList<>();
      for (Item item : rows.get(row)) {
        below(item, row).forEach(source -> lines.add(new Line(source.x(), item.x())));
      }
      for (Line line : lines) {
        cost += Math.abs(line.from() - line.to());
        cost += CROSSING_COST / 2 * lines.stream().filter(line::crosses).count();
      }
    }
    return cost;
  }

  /** Moves every item towards its neighbours as far as the order of its row allows. */
  private void straighten() {
    for (int turn = 0; turn < TURNS; turn++) {
      for (int row = 0; row < rows.size(); row++) {
        place(row);
      }
    }
    double left = all().mapToDouble(item -> item.x() - item.width() / 2).min().orElse(0);
    all().toList().forEach(item -> item.moveTo(item.x() - left));
  }

  /** The mean of pushing to the right and pushing to the left keeps all distances. */
  private void place(int row) {
    List<Item> items = rows.get(row);
    int count = items.size();
    double[] right = new double[count];
    double[] left = new double[count];
    for (int i = 0; i < count; i++) {
      right[i] = wish(items.get(i), row, true, true);
      left[i] = right[i];
    }
    for (int i = 1; i < count; i++) {
      right[i] = Math.max(right[i], right[i - 1] + distance(items, i));
    }
    for (int i = count - 1; i > 0; i--) {
      left[i - 1] = Math.min(left[i - 1], left[i] - distance(items, i));
    }
    for (int i = 0; i < count; i++) {
      items.get(i).moveTo((left[i] + right[i]) / 2);
    }
  }

  private static double distance(List<Item> items, int i) {
    return (items.get(i - 1).width() + items.get(i).width()) / 2 + GAP;
  }
}
