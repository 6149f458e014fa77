package org.finchnas.searchspace.notation;

import org.finchnas.searchspace.Architecture;
import org.finchnas.searchspace.Cell;
import org.finchnas.searchspace.CellType;
import org.finchnas.searchspace.Macro;

/** All that most tools write down of an architecture. */
public record CellPair(Cell normal, Cell reduction) {

  static CellPair of(Architecture architecture) {
    return new CellPair(architecture.normal(), architecture.reduction());
  }

  /** The architecture that stacks these cells. */
  public Architecture with(Macro macro) {
    return new Architecture(normal, reduction, macro);
  }

  Cell cell(CellType type) {
    return switch (type) {
      case NORMAL -> normal;
      case REDUCTION -> reduction;
    };
  }
}
