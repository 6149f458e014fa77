package org.finchnas.searchspace;

import java.util.ArrayList;
import java.util.List;

/**
 * A small acyclic graph that is repeated through a network.
 *
 * @param blocks block {@code i} makes hidden state {@code i + 2} and reads earlier ones
 * @param concat the hidden states whose channels are the cell's output, in that order, at least one
 *     of them a block's; a published cell's own list
 */
public record Cell(List<Block> blocks, List<Integer> concat) {

  /** Published cells have 5. */
  static final int MAX_BLOCKS = 16;

  public Cell {
    blocks = List.copyOf(blocks);
    concat = List.copyOf(concat);
    if (blocks.isEmpty() || blocks.size() > MAX_BLOCKS) {
      throw new IllegalArgumentException(
          "A cell needs at least 1 and at most %d blocks, but has %d."
              .formatted(MAX_BLOCKS, blocks.size()));
    }
    for (int i = 0; i < blocks.size(); i++) {
      requireEarlier(i, blocks.get(i).leftInput());
      requireEarlier(i, blocks.get(i).rightInput());
    }
    requireConcat(concat, blocks.size() + 2);
  }

  /** A cell that concatenates all blocks that no other block reads, as sampled cells do. */
  public static Cell ofBlocks(List<Block> blocks) {
    return new Cell(blocks, looseEnds(blocks));
  }

  /** Whether the concat is what {@link #ofBlocks} chooses. */
  public boolean concatenatesLooseEnds() {
    return concat.equals(looseEnds(blocks));
  }

  /** Number of hidden states, the two inputs included. */
  public int states() {
    return blocks.size() + 2;
  }

  private static List<Integer> looseEnds(List<Block> blocks) {
    int read = 0;
    for (Block block : blocks) {
      read |= 1 << block.leftInput() | 1 << block.rightInput();
    }
    List<Integer> loose = new ArrayList<>();
    for (int state = 2; state < blocks.size() + 2; state++) {
      if ((read >> state & 1) == 0) {
        loose.add(state);
      }
    }
    return loose;
  }

  private static void requireEarlier(int block, int input) {
    if (input >= block + 2) {
      throw new IllegalArgumentException(
          "Block %d makes hidden state %d and may read states 0 to %d, but reads %d."
              .formatted(block + 1, block + 2, block + 1, input));
    }
  }

  private static void requireConcat(List<Integer> concat, int states) {
    int listed = 0;
    boolean valid = true;
    for (int state : concat) {
      valid &= state >= 0 && state < states && (listed >> state & 1) == 0;
      listed |= 1 << state;
    }
    if (!valid || listed >> 2 == 0) {
      throw new IllegalArgumentException(
          "A cell's concat lists different hidden states from 0 to %d, at least one of them a block (2"
                  .formatted(states - 1)
              + " or more), but is %s.".formatted(concat));
    }
  }
}
