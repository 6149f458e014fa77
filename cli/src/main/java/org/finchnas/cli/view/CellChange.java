package org.finchnas.cli.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.finchnas.searchspace.Architecture;
import org.finchnas.searchspace.Block;
import org.finchnas.searchspace.Cell;
import org.finchnas.searchspace.CellType;
import org.finchnas.searchspace.Macro;

/** What differs between a candidate and the one it was bred from, in words. */
final class CellChange {

  private final List<String> words = new ArrayList<>();

  private CellChange() {}

  /** Empty if the notations are equal. */
  static List<String> between(Architecture parent, Architecture child) {
    CellChange change = new CellChange();
    for (CellType type : CellType.values()) {
      change.cell(type.name().toLowerCase(Locale.ROOT), parent.cell(type), child.cell(type));
    }
    change.macro(parent.macro(), child.macro());
    if (change.words.isEmpty() && !parent.equals(child)) {
      change.words.add("other settings of the network");
    }
    return List.copyOf(change.words);
  }

  private void cell(String name, Cell parent, Cell child) {
    int common = Math.min(parent.blocks().size(), child.blocks().size());
    for (int i = 0; i < common; i++) {
      block(
          "%s cell, block %d".formatted(name, i + 2),
          parent.blocks().get(i),
          child.blocks().get(i));
    }
    different(name + " cell, blocks", parent.blocks().size(), child.blocks().size());
    if (!(parent.concatenatesLooseEnds() && child.concatenatesLooseEnds())) {
      different(name + " cell, concat", parent.concat(), child.concat());
    }
  }

  private void block(String where, Block parent, Block child) {
    different(where + ", left input", parent.leftInput(), child.leftInput());
    different(where + ", left", parent.leftOperation().token(), child.leftOperation().token());
    different(where + ", right input", parent.rightInput(), child.rightInput());
    different(where + ", right", parent.rightOperation().token(), child.rightOperation().token());
  }

  private void macro(Macro parent, Macro child) {
    different("cells per stack", parent.cellsPerStack(), child.cellsPerStack());
    different("initial filters", parent.initialFilters(), child.initialFilters());
    different("activation", parent.activation().token(), child.activation().token());
    different("squeeze-and-excite", parent.squeezeExcite(), child.squeezeExcite());
  }

  private void different(String what, Object before, Object after) {
    if (!before.equals(after)) {
      words.add("%s: %s → %s".formatted(what, before, after));
    }
  }
}
