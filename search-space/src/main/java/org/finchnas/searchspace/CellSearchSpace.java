package org.finchnas.searchspace;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.random.RandomGenerator;
import org.finchnas.searchspace.network.ActivationFunction;

/**
 * All architectures of two cells with a given number of blocks over given operations. Every choice
 * of genes is valid; several may decode to networks with one {@link Architecture#id}.
 *
 * @param operations what a block may do, each once
 * @param blocks in each of the two cells, 1 to 16 (paper: 5)
 * @param cellsPerStack the choices for N
 * @param initialFilters the choices for F
 * @param activations the choices for what every operation uses where its paper has a ReLU
 * @param squeezeExcite the choices for whether the output of every cell is scaled
 */
public record CellSearchSpace(
    List<Operation> operations,
    int blocks,
    List<Integer> cellsPerStack,
    List<Integer> initialFilters,
    List<ActivationFunction> activations,
    List<Boolean> squeezeExcite,
    Stem stem,
    int imageSize) {

  private static final int GENES_PER_BLOCK = 4;

  public CellSearchSpace {
    operations = new OperationSet(operations).operations();
    cellsPerStack = choices("cellsPerStack", cellsPerStack);
    initialFilters = choices("initialFilters", initialFilters);
    activations = choices("activations", activations);
    squeezeExcite = choices("squeezeExcite", squeezeExcite);
    if (blocks < 1 || blocks > Cell.MAX_BLOCKS) {
      throw new IllegalArgumentException(
          "blocks (%d) must be at least 1 and at most %d.".formatted(blocks, Cell.MAX_BLOCKS));
    }
    for (int n : cellsPerStack) {
      for (int f : initialFilters) {
        for (ActivationFunction activation : activations) {
          new Macro(n, f, stem, imageSize).with(activation, false);
        }
      }
    }
  }

  /** With ReLU and without squeeze-and-excite. */
  public CellSearchSpace(
      List<Operation> operations,
      int blocks,
      List<Integer> cellsPerStack,
      List<Integer> initialFilters,
      Stem stem,
      int imageSize) {
    this(
        operations,
        blocks,
        cellsPerStack,
        initialFilters,
        List.of(ActivationFunction.RELU),
        List.of(false),
        stem,
        imageSize);
  }

  private static <T> List<T> choices(String name, List<T> values) {
    if (values.isEmpty() || new HashSet<>(values).size() < values.size()) {
      throw new IllegalArgumentException(
          "%s (%s) must list at least one choice, each once.".formatted(name, values));
    }
    return List.copyOf(values);
  }

  /**
   * The positions of the encoding, in order: normal cell, reduction cell, N, F, and where there is
   * a choice activation and squeeze-and-excite.
   */
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
    if (activations.size() > 1) {
      genes.add(new Gene(Gene.Kind.ACTIVATION, null, -1, activations.size()));
    }
    if (squeezeExcite.size() > 1) {
      genes.add(new Gene(Gene.Kind.SQUEEZE_EXCITE, null, -1, squeezeExcite.size()));
    }
    return List.copyOf(genes);
  }

  private int length() {
    int optional = (activations.size() > 1 ? 1 : 0) + (squeezeExcite.size() > 1 ? 1 : 0);
    return macroStart() + 2 + optional;
  }

  private int macroStart() {
    return 2 * GENES_PER_BLOCK * blocks;
  }

  /** What {@link #genes} says of one position, without building the list. */
  private int choices(int position) {
    int macro = position - macroStart();
    if (macro >= 0) {
      return switch (macro) {
        case 0 -> cellsPerStack.size();
        case 1 -> initialFilters.size();
        case 2 -> activations.size() > 1 ? activations.size() : squeezeExcite.size();
        default -> squeezeExcite.size();
      };
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
    return new Architecture(decodeCell(values, 0), decodeCell(values, cellGenes), macro(values));
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

  private Macro macro(int[] values) {
    int at = macroStart();
    int n = cellsPerStack.get(values[at++]);
    int f = initialFilters.get(values[at++]);
    ActivationFunction activation = activations.get(activations.size() > 1 ? values[at++] : 0);
    boolean scaled = squeezeExcite.get(squeezeExcite.size() > 1 ? values[at] : 0);
    return new Macro(n, f, stem, imageSize).with(activation, scaled);
  }

  /** The first choice of each: what cells from elsewhere are searched with. */
  public Macro firstMacro() {
    return macro(new int[length()]);
  }

  /**
   * The inverse of {@link #decode}.
   *
   * @throws IllegalArgumentException if the architecture lies outside this space; says why
   */
  public int[] encode(Architecture architecture) {
    requireLooseEnds(architecture.normal());
    requireLooseEnds(architecture.reduction());
    return genesOf(architecture);
  }

  /**
   * The genes of an architecture's blocks and macro part, whatever its cells concatenate: published
   * cells have lists of their own, those that are bred from them concatenate their unused blocks.
   *
   * @throws IllegalArgumentException if blocks or macro part lie outside this space; says why
   */
  public int[] genesOf(Architecture architecture) {
    int[] values = new int[length()];
    encode(architecture.normal(), values, 0);
    encode(architecture.reduction(), values, GENES_PER_BLOCK * blocks);
    Macro macro = architecture.macro();
    int at = macroStart();
    values[at++] = choice("cellsPerStack", cellsPerStack, macro.cellsPerStack());
    values[at++] = choice("initialFilters", initialFilters, macro.initialFilters());
    int activation = choice("activations", activations, macro.activation());
    int scaled = choice("squeezeExcite", squeezeExcite, macro.squeezeExcite());
    if (activations.size() > 1) {
      values[at++] = activation;
    }
    if (squeezeExcite.size() > 1) {
      values[at] = scaled;
    }
    if (!macro(values).equals(macro)) {
      throw outside(
          "its stem settings %s differ from %s"
              .formatted(MacroNotation.write(macro), MacroNotation.write(macro(values))));
    }
    return values;
  }

  private static void requireLooseEnds(Cell cell) {
    if (!cell.concatenatesLooseEnds()) {
      throw outside(
          "a cell concatenates %s, not exactly its unused blocks".formatted(cell.concat()));
    }
  }

  private void encode(Cell cell, int[] values, int start) {
    if (cell.blocks().size() != blocks) {
      throw outside("a cell has %d blocks, not %d".formatted(cell.blocks().size(), blocks));
    }
    int i = start;
    for (Block block : cell.blocks()) {
      values[i++] = block.leftInput();
      values[i++] = operation(block.leftOperation());
      values[i++] = block.rightInput();
      values[i++] = operation(block.rightOperation());
    }
  }

  private int operation(Operation operation) {
    int index = operations.indexOf(operation);
    if (index < 0) {
      throw outside(
          "%s is not among the operations %s"
              .formatted(operation.token(), operations.stream().map(Operation::token).toList()));
    }
    return index;
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
