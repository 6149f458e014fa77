package org.finchnas.searchspace.notation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.finchnas.searchspace.Block;
import org.finchnas.searchspace.Cell;
import org.finchnas.searchspace.CellType;
import org.finchnas.searchspace.Operation;

/** Puts a cell together block by block, so that an error points at what is wrong. */
final class CellReader {

  private final List<Block> blocks = new ArrayList<>();

  /**
   * A block's left or right half.
   *
   * @param input a hidden state as Finch counts
   * @param place where the text names the input
   */
  record Side(Operation operation, int input, Piece place) {}

  static String name(CellType type) {
    return type.name().toLowerCase(Locale.ROOT);
  }

  /** Turns the numbers of the two previous cells round, 0 for 1 and 1 for 0. */
  static int swapPrevious(int state) {
    return state == 0 || state == 1 ? 1 - state : state;
  }

  void add(Side left, Side right) {
    requireEarlier(left);
    requireEarlier(right);
    blocks.add(new Block(left.input(), left.operation(), right.input(), right.operation()));
  }

  private void requireEarlier(Side side) {
    side.place()
        .build(
            () -> {
              List<Block> tried = new ArrayList<>(blocks);
              tried.add(new Block(side.input(), side.operation(), side.input(), side.operation()));
              return Cell.ofBlocks(tried);
            });
  }

  List<Block> blocks() {
    return blocks;
  }
}
