package org.finchnas.searchspace;

import org.finchnas.searchspace.network.Network;
import org.finchnas.searchspace.network.Shape;

/** A point of the search space: what a candidate is trained as. */
public record Architecture(Cell normal, Cell reduction, Macro macro) implements Design {

  /** The cell of a type. */
  public Cell cell(CellType type) {
    return switch (type) {
      case NORMAL -> normal;
      case REDUCTION -> reduction;
    };
  }

  /**
   * Reads {@link #notation}.
   *
   * @throws IllegalArgumentException if the text is no architecture; says where and why
   */
  public static Architecture parse(String notation) {
    return Notation.read(notation);
  }

  /**
   * One line of text that {@link #parse} reads back, such as {@code
   * n=1,f=8,stem=cifar,image=32:normal=sep_conv_3x3@0+skip_connect@1:reduction=max_pool_3x3@0+conv_1x1@1}:
   * a block is {@code operation@state+operation@state}, blocks are separated by commas, and a cell
   * ends with {@code concat=2+3} unless it concatenates its loose ends. {@code parse} lets {@code
   * stem} and {@code image} be left out.
   */
  @Override
  public String notation() {
    return Notation.write(this);
  }

  @Override
  public ArchitectureId id() {
    return CanonicalForm.id(this);
  }

  /**
   * The network for images of the given shape, as slim builds NASNet: alignment of the two previous
   * cells, factorized reduction, separable convolutions applied twice. A node's name says its role
   * ({@code stack_2/cell_1/block_3/left/sep_conv_5x5/depthwise_1}), {@code block_3} being the block
   * that makes hidden state 3.
   *
   * @throws IllegalArgumentException if a layer would become empty; says which
   */
  public Network assemble(Shape image, int classes) {
    return new ArchitectureAssembler(this, image).assemble(classes);
  }
}
