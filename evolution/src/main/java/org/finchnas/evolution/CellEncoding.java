package org.finchnas.evolution;

import java.util.List;
import org.finchnas.evolution.algorithm.IntegerEncoding;
import org.finchnas.evolution.algorithm.Locus;
import org.finchnas.searchspace.Architecture;
import org.finchnas.searchspace.CellSearchSpace;
import org.finchnas.searchspace.Gene;

/** The genes of a cell search space, each with the mutation that changes it. */
record CellEncoding(CellSearchSpace space) implements IntegerEncoding<Architecture> {

  private static final int GENES_PER_BLOCK = 4;

  @Override
  public List<Locus> loci() {
    return space.genes().stream().map(gene -> new Locus(kind(gene), gene.choices())).toList();
  }

  @Override
  public Architecture decode(int[] values) {
    return space.decode(values);
  }

  /** A cell that was given to begin with may concatenate what it likes; its children do not. */
  @Override
  public int[] encode(Architecture architecture) {
    return space.genesOf(architecture);
  }

  /** A block's inputs and operations are inherited together; each macro gene alone. */
  @Override
  public int group(int locus) {
    int blocks = 2 * space.blocks();
    return locus < GENES_PER_BLOCK * blocks
        ? locus / GENES_PER_BLOCK
        : blocks + locus - GENES_PER_BLOCK * blocks;
  }

  private static Locus.Kind kind(Gene gene) {
    return switch (gene.kind()) {
      case LEFT_INPUT, RIGHT_INPUT -> Locus.Kind.HIDDEN_STATE;
      case LEFT_OPERATION, RIGHT_OPERATION -> Locus.Kind.OPERATION;
      case CELLS_PER_STACK, INITIAL_FILTERS, ACTIVATION, SQUEEZE_EXCITE -> Locus.Kind.MACRO;
    };
  }
}
