package org.finchnas.searchspace;

import java.util.List;

/**
 * A small acyclic graph that is repeated through a network.
 *
 * @param blocks block {@code i} makes hidden state {@code i + 2} and reads earlier ones
 * @param concat the hidden states whose channels are the cell's output; a published cell's own list
 */
public record Cell(List<Block> blocks, List<Integer> concat) {

  public Cell {
    blocks = List.copyOf(blocks);
    concat = List.copyOf(concat);
  }
}
