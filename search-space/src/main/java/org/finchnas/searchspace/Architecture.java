package org.finchnas.searchspace;

import org.finchnas.searchspace.network.Network;
import org.finchnas.searchspace.network.Shape;

/** A point of the search space: what a candidate is trained as. */
public record Architecture(Cell normal, Cell reduction, Macro macro) {

  /**
   * Reads {@link #notation}.
   *
   * @throws IllegalArgumentException if the text is no architecture; says where and why
   */
  public static Architecture parse(String notation) {
    throw new UnsupportedOperationException("parse");
  }

  /** One line of text that {@link #parse} reads back. */
  public String notation() {
    throw new UnsupportedOperationException("notation");
  }

  public ArchitectureId id() {
    throw new UnsupportedOperationException("id");
  }

  /**
   * The network for images of the given shape.
   *
   * @throws IllegalArgumentException if a layer would become empty; says which
   */
  public Network assemble(Shape image, int classes) {
    throw new UnsupportedOperationException("assemble");
  }
}
