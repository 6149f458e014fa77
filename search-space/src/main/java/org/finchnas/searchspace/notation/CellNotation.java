package org.finchnas.searchspace.notation;

import org.finchnas.searchspace.Architecture;
import org.finchnas.searchspace.Macro;

/** One way to write an architecture down. */
interface CellNotation {

  /**
   * @throws IllegalArgumentException if the notation has no words for it; says for what
   */
  String write(Architecture architecture);

  /**
   * @throws IllegalArgumentException if the text is not in this notation; says where and why
   */
  CellPair cells(String text);

  /**
   * How the cells of a text are stacked, as far as it says so, and else as the tool does it.
   *
   * @throws IllegalArgumentException if what it says cannot be stacked; says where and why
   */
  Macro macro(String text);
}
