package org.finchnas.searchspace.notation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.finchnas.searchspace.Architecture;
import org.finchnas.searchspace.Block;
import org.finchnas.searchspace.Cell;
import org.finchnas.searchspace.CellType;
import org.finchnas.searchspace.Macro;
import org.finchnas.searchspace.Operation;

/**
 * The samples of NNI's {@code NDS} spaces, as in NNI 3.0 ({@code nni/nas/hub/pytorch/nasnet.py},
 * {@code nni/nas/nn/pytorch/cell.py}); NNI 2 calls the same {@code nni.retiarii.hub}.
 *
 * <p>Node {@code i} of a cell has the keys {@code normal/op_i_0}, {@code normal/op_i_1}, {@code
 * normal/input_i_0} and {@code normal/input_i_1}, likewise for {@code reduce}. An input is a list
 * of one state (NNI 2: the state), where 0 is the cell before the previous and 1 the previous.
 * {@code width} is F and {@code depth} the number of all cells, 3 N + 2.
 *
 * <p>What is concatenated is not in a sample but belongs to the space, as {@code merge_op}: {@code
 * all} blocks in DARTS, of 4 nodes, and in PNAS; {@code loose_end} in NASNet, ENAS and AmoebaNet,
 * of 5. A sample of 4 nodes is taken for {@code all}, others for {@code loose_end}, unless it has
 * the key {@code merge_op}, which NNI ignores. Its networks are wired as those of DARTS.
 */
final class NniNotation implements CellNotation {

  private static final String TOOL = "NNI";
  private static final String WIDTH = "width";
  private static final String DEPTH = "depth";
  private static final String MERGE = "merge_op";
  private static final int MOST_NODES = 16;

  private static final String POOL =
      "Finch has average pools of 3x3 only. Replace it with avg_pool_3x3.";
  private static final OperationNames OPERATIONS =
      new OperationNames(
          TOOL,
          NniNotation::operation,
          Map.of(),
          Map.of(
              "none",
              "a block of Finch always adds two operations, and none leaves one out. Replace it with another operation.",
              "avg_pool_2x2",
              POOL,
              "avg_pool_5x5",
              POOL));

  private static String operation(Operation operation) {
    return switch (operation) {
      case IDENTITY,
          AVERAGE_POOLING_3X3,
          MAX_POOLING_2X2,
          MAX_POOLING_3X3,
          MAX_POOLING_5X5,
          MAX_POOLING_7X7,
          CONV_1X1,
          CONV_3X3,
          SEPARABLE_CONV_3X3,
          SEPARABLE_CONV_5X5,
          SEPARABLE_CONV_7X7,
          DILATED_CONV_3X3,
          DILATED_CONV_5X5,
          DILATED_SEPARABLE_CONV_3X3 ->
          operation.token();
      case CONV_1X3_3X1 -> "conv_3x1_1x3";
      case CONV_1X7_7X1 -> "conv_7x1_1x7";
      case INVERTED_RESIDUAL_3X3_EXPANSION_3,
          INVERTED_RESIDUAL_3X3_EXPANSION_6,
          INVERTED_RESIDUAL_5X5_EXPANSION_3,
          INVERTED_RESIDUAL_5X5_EXPANSION_6,
          SHUFFLE_UNIT,
          FIRE_MODULE,
          SQUEEZE_EXCITE ->
          "";
    };
  }

  @Override
  public String write(Architecture architecture) {
    CellPair cells = CellPair.of(architecture);
    int nodes = cells.normal().blocks().size();
    if (cells.reduction().blocks().size() != nodes) {
      throw new IllegalArgumentException(
          "NNI's normal and reduction cells have the same number of blocks, but these have %d and %d. Write the notation darts or json."
              .formatted(nodes, cells.reduction().blocks().size()));
    }
    Map<String, String> values = new LinkedHashMap<>();
    values.put(WIDTH, String.valueOf(architecture.macro().initialFilters()));
    values.put(DEPTH, String.valueOf(3 * architecture.macro().cellsPerStack() + 2));
    NniMerge usual = NniMerge.usual(nodes);
    if (!usual.fits(cells)) {
      values.put(MERGE, quoted(otherMerge(cells, usual.other()).token()));
    }
    for (CellType type : CellType.values()) {
      write(cells.cell(type), type, values);
    }
    return values.entrySet().stream()
        .map(entry -> "  %s: %s".formatted(quoted(entry.getKey()), entry.getValue()))
        .collect(Collectors.joining(",\n", "{\n", "\n}"));
  }

  private static NniMerge otherMerge(CellPair cells, NniMerge other) {
    if (!other.fits(cells)) {
      throw new IllegalArgumentException(
          "NNI's cells concatenate either all blocks or all that no other block reads, both cells alike, but these concatenate %s (normal) and %s (reduction). Write the notation slim or json."
              .formatted(cells.normal().concat(), cells.reduction().concat()));
    }
    return other;
  }

  private static void write(Cell cell, CellType type, Map<String, String> values) {
    int node = 2;
    for (Block block : cell.blocks()) {
      values.put(
          key(type, "op", node, 0), quoted(OPERATIONS.write(block.leftOperation(), type, node)));
      values.put(
          key(type, "op", node, 1), quoted(OPERATIONS.write(block.rightOperation(), type, node)));
      values.put(
          key(type, "input", node, 0),
          "[%d]".formatted(CellReader.swapPrevious(block.leftInput())));
      values.put(
          key(type, "input", node, 1),
          "[%d]".formatted(CellReader.swapPrevious(block.rightInput())));
      node++;
    }
  }

  private static String quoted(String name) {
    return '"' + name + '"';
  }

  private static String key(CellType type, String kind, int node, int side) {
    String cell =
        switch (type) {
          case NORMAL -> "normal";
          case REDUCTION -> "reduce";
        };
    return "%s/%s_%d_%d".formatted(cell, kind, node, side);
  }

  @Override
  public CellPair cells(String text) {
    Members sample = sample(text);
    int nodes = nodes(sample);
    sample.requireKnown(keys(nodes));
    NniMerge merge = sample.optional(MERGE).map(NniMerge::read).orElse(NniMerge.usual(nodes));
    return new CellPair(
        cell(sample, CellType.NORMAL, nodes, merge),
        cell(sample, CellType.REDUCTION, nodes, merge));
  }

  private static Members sample(String text) {
    return PythonLiterals.value(new ForeignText("NNI sample", text)).members();
  }

  /** As many as the last node has that any key names. */
  private static int nodes(Members sample) {
    return IntStream.rangeClosed(1, MOST_NODES)
        .filter(nodes -> keysOf(nodes + 1).stream().anyMatch(sample.names()::contains))
        .max()
        .orElse(1);
  }

  private static List<String> keys(int nodes) {
    List<String> keys = new ArrayList<>(List.of(WIDTH, DEPTH, MERGE));
    for (int node = 2; node < nodes + 2; node++) {
      keys.addAll(keysOf(node));
    }
    return keys;
  }

  private static List<String> keysOf(int node) {
    List<String> keys = new ArrayList<>();
    for (CellType type : CellType.values()) {
      for (int side = 0; side < 2; side++) {
        keys.add(key(type, "op", node, side));
        keys.add(key(type, "input", node, side));
      }
    }
    return keys;
  }

  private static Cell cell(Members sample, CellType type, int nodes, NniMerge merge) {
    CellReader reader = new CellReader();
    for (int node = 2; node < nodes + 2; node++) {
      reader.add(side(sample, type, node, 0), side(sample, type, node, 1));
    }
    return merge.cell(reader.blocks());
  }

  private static CellReader.Side side(Members sample, CellType type, int node, int side) {
    Operation operation = OPERATIONS.read(sample.required(key(type, "op", node, side)));
    Piece input = sample.required(key(type, "input", node, side));
    return new CellReader.Side(operation, CellReader.swapPrevious(input(input)), input);
  }

  private static int input(Piece input) {
    if (!(input.value().content() instanceof List<?> states)) {
      return input.integer();
    }
    if (states.size() != 1) {
      throw input.error("it should be a list of one state, as in [0].");
    }
    return input.list().get(0).integer();
  }

  @Override
  public Macro macro(String text) {
    Members sample = sample(text);
    int cells = sample.optional(DEPTH).map(NniNotation::cellsPerStack).orElse(6);
    int filters = sample.optional(WIDTH).map(Piece::integer).orElse(36);
    return sample
        .whole()
        .build(
            () ->
                ForeignNotation.NNI.readMacro(
                    "n=%d,f=%d,stem=cifar,image=32".formatted(cells, filters)));
  }

  private static int cellsPerStack(Piece depth) {
    int cells = (depth.integer() - 2) / 3;
    if (cells < 1 || 3 * cells + 2 != depth.integer()) {
      throw depth.error(
          "Finch has as many normal cells in each of its three stacks, and two reduction cells, so that the depth is 5, 8, 11 or so on. Change it, or say how the cells are stacked (finch describe --macro).");
    }
    return cells;
  }
}
