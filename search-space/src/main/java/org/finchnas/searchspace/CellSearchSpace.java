package org.finchnas.searchspace;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * All architectures of two cells with a given number of blocks over given operations. Every choice
 * of genes is valid; several may decode to networks with one {@link Architecture#id}.
 *
 * @param operations what a block may do, each once
 * @param blocks in each of the two cells, 1 to 16 (paper: 5)
 * @param cellsPerStack the choices for N
 * @param initialFilters the choices for F
 */
public record CellSearchSpace(
    List<Operation> operations,
    int blocks,
    List<Integer> cellsPerStack,
    List<Integer> initialFilters,
    Stem stem,
    int imageSize) {

  private static final int GENES_PER_BLOCK = 4;

  public CellSearchSpace {
    operations = new OperationSet(operations).operations();
    cellsPerStack = choices("cellsPerStack", cellsPerStack);
    initialFilters = choices("initialFilters", initialFilters);
    if (blocks < 1 || blocks > Cell.MAX_BLOCKS) {
      throw new IllegalArgumentException(
          "blocks (%d) must be at least 1 and at most %d.".formatted(blocks, Cell.MAX_BLOCKS));
    }
    for (int n : cellsPerStack) {
      for (int f : initialFilters) {
        new Macro(n, f, stem, imageSize);
      }
    }
  }

  private static List<Integer> choices(String name, List<Integer> values) {
    if (values.isEmpty() || new HashSet<>(values).size() < values.size()) {
      throw new IllegalArgumentException(
          "%s (%s) must list at least one choice, each once.".formatted(name, values));
    }
    return List.copyOf(values);
  }

  /** The positions of the encoding, in order: normal cell, reduction cell, N, F. */
  public List<Gene> genes() {
    List<Gene> genes = new ArrayList<>();
    for (CellType cell : CellType.values()) {
      for (int block = 0; block < blocks; block++) {
        genes.add(new Gene(Gene.Kind.LEFT_INPUT, cell, block, block + 2));
        genes.add(new Gene(Gene.Kind.LEFT_OPERATION, cell, block, operations.size()));
        genes.add(new Gene(Gene.Kind.RIGHT_INPUT, cell, block, block + 2));
        genes.add(new Gene(Gene.Kind.RIGHT_OPERATION, cell, block, operations.size()));
      }
    }
    genes.add(new Gene(Gene.Kind.CELLS_PER_STACK, null, -1, cellsPerStack.size()));
    genes.add(new Gene(Gene.Kind.INITIAL_FILTERS, null, -1, initialFilters.size()));
    return List.copyOf(genes);
  }

  private int length() {
    return 2 * GENES_PER_BLOCK * blocks + 2;
  }

  /** What {@link #genes} says of one position, without building the list. */
  private int choices(int position) {
    if (position >= length() - 2) {
      return position == length() - 2 ? cellsPerStack.size() : initialFilters.size();
    }
    int block = position / GENES_PER_BLOCK % blocks;
    return position % 2 == 0 ? block + 2 : operations.size();
  }

  /** Number of gene vectors: the product of all genes' choices. */
  public BigInteger size() {
    return genes().stream()
        .map(gene -> BigInteger.valueOf(gene.choices()))
        .reduce(BigInteger.ONE, BigInteger::multiply);
  }

  /**
   * The architecture that the values of {@link #genes} stand for; concat is all unused blocks.
   *
   * @throws IllegalArgumentException if there are too few or too many values, or one is out of its
   *     gene's range
   */
  public Architecture decode(int[] values) {
    requireInRange(values);
    int cellGenes = GENES_PER_BLOCK * blocks;
    return new Architecture(
        decodeCell(values, 0),
        decodeCell(values, cellGenes),
        macro(values[2 * cellGenes], values[2 * cellGenes + 1]));
  }

  private void requireInRange(int[] values) {
    if (values.length != length()) {
      throw new IllegalArgumentException(
          "This space has %d genes, not %d.".formatted(length(), values.length));
    }
    for (int i = 0; i < values.length; i++) {
      if (values[i] < 0 || values[i] >= choices(i)) {
        throw new IllegalArgumentException(
            "Gene %d (%s) must be in 0 to %d, but is %d."
                .formatted(i, genes().get(i).kind(), choices(i) - 1, values[i]));
      }
    }
  }

  private Cell decodeCell(int[] values, int start) {
    List<Block> decoded = new ArrayList<>(blocks);
    for (int i = start; i < start + GENES_PER_BLOCK * blocks; i += GENES_PER_BLOCK) {
      decoded.add(
          new Block(
              values[i],
              operations.get(values[i + 1]),
              values[i + 2],
              operations.get(values[i + 3])));
    }
    return Cell.ofBlocks(decoded);
  }

  private Macro macro(int n, int f) {
    return new Macro(cellsPerStack.get(n), initialFilters.get(f), stem, imageSize);
  }

  /**
   * The inverse of {@link #decode}.
   *
   * @throws IllegalArgumentException if the architecture lies outside this space; says why
   */
  public int[] encode(Architecture architecture) {
    int[] values = new int[length()];
    encode(architecture.normal(), values, 0);
    encode(architecture.reduction(), values, GENES_PER_BLOCK * blocks);
    Macro macro = architecture.macro();
    int n = choice("cellsPerStack", cellsPerStack, macro.cellsPerStack());
    int f = choice("initialFilters", initialFilters, macro.initialFilters());
    if (!macro(n, f).equals(macro)) {
      throw outside(
          "its stem settings %s differ from %s"
              .formatted(MacroNotation.write(macro), MacroNotation.write(macro(n, f))));
    }
    values[values.length - 2] = n;
    values[values.length - 1] = f;
    return values;
  }

  private void encode(Cell cell, int[] values, int start) {
    if (cell.blocks().size() != blocks) {
      throw outside("a cell has %d blocks, not %d".formatted(cell.blocks().size(), blocks));
    }
    if (!cell.concatenatesLooseEnds()) {
      throw outside(
          "a cell concatenates %s, not exactly its unused blocks".formatted(cell.concat()));
    }
    int i = start;
    for (Block block : cell.blocks()) {
      values[i++] = block.leftInput();
      values[i++] = choice("operations", operations, block.leftOperation());
      values[i++] = block.rightInput();
      values[i++] = choice("operations", operations, block.rightOperation());
    }
  }

  private static <T> int choice(String name, List<T> choices, T value) {
    int index = choices.indexOf(value);
    if (index < 0) {
      throw outside("%s is not among the %s %s".formatted(value, name, choices));
    }
    return index;
  }

  private static IllegalArgumentException outside(String reason) {
    return new IllegalArgumentException(
        "The architecture lies outside the search space: %s.".formatted(reason));
  }

  /** An architecture whose genes are drawn uniformly. */
  public Architecture sample(RandomGenerator random) {
    int[] values = new int[length()];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextInt(choices(i));
    }
    return decode(values);
  }
}
