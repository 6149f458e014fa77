package org.finchnas.searchspace.drawing;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.finchnas.searchspace.Block;
import org.finchnas.searchspace.Cell;

/**
 * The states of a cell in rows by the longest path from the cell's inputs, a state that is read
 * beyond the next row taking a lane in each row between.
 */
final class CellRows {

  private static final double GAP = 22;

  private final Cell cell;
  private final int[] level;

  /** From the row of the two inputs, at the bottom, upwards. */
  private final List<List<Item>> rows = new ArrayList<>();

  CellRows(Cell cell, double inputWidth, double blockWidth) {
    this.cell = cell;
    level = levels(cell);
    int top = IntStream.of(level).max().orElse(0);
    for (int row = 0; row <= top; row++) {
      rows.add(items(row, row == 0 ? inputWidth : blockWidth));
      pack(rows.get(row));
    }
  }

  int count() {
    return rows.size();
  }

  /** The items of a row from left to right; they may be put into another order. */
  List<Item> row(int row) {
    return rows.get(row);
  }

  List<List<Item>> all() {
    return Collections.unmodifiableList(rows);
  }

  /** The state itself, or its lane, in a row at or above its own. */
  Item item(int state, int row) {
    return rows.get(row).stream()
        .filter(item -> item.state() == state)
        .findFirst()
        .orElseThrow(
            () -> new IllegalStateException("State %d is not in row %d.".formatted(state, row)));
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

  /** Puts the items of a row side by side around 0. */
  static void pack(List<Item> items) {
    double width = items.stream().mapToDouble(item -> item.width() + GAP).sum() - GAP;
    double left = -width / 2;
    for (Item item : items) {
      item.moveTo(left + item.width() / 2);
      left += item.width() + GAP;
    }
  }

  /** The middle of an item's neighbours below and above, or where it is if it has none. */
  double wish(Item item, int row, boolean below, boolean above) {
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

  /** What an item's lines come from. */
  List<Item> below(Item item, int row) {
    if (item.isPassing()) {
      return List.of(item(item.state(), row - 1));
    }
    Block block = cell.blocks().get(item.state() - 2);
    return List.of(item(block.leftInput(), row - 1), item(block.rightInput(), row - 1));
  }

  /** The least distance between the middles of an item and the one to its left. */
  static double distance(List<Item> items, int i) {
    return (items.get(i - 1).width() + items.get(i).width()) / 2 + GAP;
  }
}
