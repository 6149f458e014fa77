package org.finchnas.searchspace;

import org.jspecify.annotations.Nullable;

/**
 * One position of the integer encoding of an architecture.
 *
 * @param cell the cell it belongs to, or null for a macro gene
 * @param block the block in that cell, 0-based; -1 for a macro gene
 * @param choices its values are 0 … choices - 1; a gene with one choice is fixed
 */
public record Gene(Kind kind, @Nullable CellType cell, int block, int choices) {

  /** What a gene decides. */
  public enum Kind {
    LEFT_INPUT,
    LEFT_OPERATION,
    RIGHT_INPUT,
    RIGHT_OPERATION,
    CELLS_PER_STACK,
    INITIAL_FILTERS,
    ACTIVATION,
    SQUEEZE_EXCITE
  }
}
