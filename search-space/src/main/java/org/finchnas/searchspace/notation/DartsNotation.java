package org.finchnas.searchspace.notation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.finchnas.searchspace.Architecture;
import org.finchnas.searchspace.Block;
import org.finchnas.searchspace.Cell;
import org.finchnas.searchspace.CellType;
import org.finchnas.searchspace.Macro;
import org.finchnas.searchspace.Operation;

/**
 * The genotypes of DARTS ({@code quark0/darts cnn/genotypes.py}, {@code cnn/model.py}). A block is
 * two pairs of operation and input, where 0 is the cell before the previous and 1 the previous. A
 * reduction cell cannot concatenate these: its code does not make them smaller there.
 */
final class DartsNotation implements CellNotation {

  static final String GENOTYPE = "Genotype";

  private static final String TOOL = "DARTS";
  private static final OperationNames OPERATIONS =
      new OperationNames(
          TOOL,
          DartsNotation::operation,
          Map.of(),
          Map.of(
              "none",
              "a block of Finch always adds two operations, and none leaves one out. Take the next best operation, as DARTS itself does when it derives a cell."));

  private static String operation(Operation operation) {
    return switch (operation) {
      case IDENTITY,
          AVERAGE_POOLING_3X3,
          MAX_POOLING_3X3,
          SEPARABLE_CONV_3X3,
          SEPARABLE_CONV_5X5,
          SEPARABLE_CONV_7X7,
          DILATED_CONV_3X3,
          DILATED_CONV_5X5 ->
          operation.token();
      case CONV_1X7_7X1 -> "conv_7x1_1x7";
      case MAX_POOLING_2X2,
          MAX_POOLING_5X5,
          MAX_POOLING_7X7,
          CONV_1X1,
          CONV_3X3,
          CONV_1X3_3X1,
          DILATED_SEPARABLE_CONV_3X3,
          INVERTED_RESIDUAL_3X3_EXPANSION_3,
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
    List<String> arguments = new ArrayList<>();
    for (CellType type : CellType.values()) {
      Cell cell = architecture.cell(type);
      requireConcat(type, cell.concat());
      arguments.add("%s=[%s]".formatted(key(type), pairs(cell, type)));
      arguments.add(
          "%s=%s"
              .formatted(
                  concatKey(type), cell.concat().stream().map(CellReader::swapPrevious).toList()));
    }
    return GENOTYPE + "(" + String.join(", ", arguments) + ")";
  }

  private static String pairs(Cell cell, CellType type) {
    List<String> pairs = new ArrayList<>();
    int state = 2;
    for (Block block : cell.blocks()) {
      pairs.add(pair(OPERATIONS.write(block.leftOperation(), type, state), block.leftInput()));
      pairs.add(pair(OPERATIONS.write(block.rightOperation(), type, state), block.rightInput()));
      state++;
    }
    return String.join(", ", pairs);
  }

  private static String pair(String operation, int input) {
    return "('%s', %d)".formatted(operation, CellReader.swapPrevious(input));
  }

  @Override
  public CellPair cells(String text) {
    Piece genotype = PythonLiterals.value(new ForeignText("DARTS genotype", text));
    if (!text.startsWith(GENOTYPE + "(", genotype.value().start())) {
      throw genotype.error("it should be a call of %s(...).".formatted(GENOTYPE));
    }
    Members members = genotype.members();
    members.requireKnown(
        List.of(
            key(CellType.NORMAL),
            concatKey(CellType.NORMAL),
            key(CellType.REDUCTION),
            concatKey(CellType.REDUCTION)));
    return new CellPair(cell(members, CellType.NORMAL), cell(members, CellType.REDUCTION));
  }

  private static Cell cell(Members members, CellType type) {
    Piece list = members.required(key(type));
    List<CellReader.Side> sides = list.list().stream().map(DartsNotation::side).toList();
    if (sides.size() % 2 != 0) {
      throw list.error(
          "a block takes two pairs of operation and input, but there are %d pairs: one is missing or too many."
              .formatted(sides.size()));
    }
    CellReader reader = new CellReader();
    for (int i = 0; i < sides.size(); i += 2) {
      reader.add(sides.get(i), sides.get(i + 1));
    }
    List<Block> blocks = list.build(() -> Cell.ofBlocks(reader.blocks())).blocks();
    Piece concat = members.required(concatKey(type));
    List<Integer> states = concat.integers();
    return concat.build(
        () -> {
          // Checked as it is written, so that an error quotes the user's own numbers.
          requireConcat(type, new Cell(blocks, states).concat());
          return new Cell(blocks, states.stream().map(CellReader::swapPrevious).toList());
        });
  }

  private static CellReader.Side side(Piece pair) {
    List<Piece> halves = pair.list();
    if (halves.size() != 2) {
      throw pair.error("it should be a pair of operation and input, as in ('sep_conv_3x3', 0).");
    }
    Piece input = halves.get(1);
    return new CellReader.Side(
        OPERATIONS.read(halves.get(0)), CellReader.swapPrevious(input.integer()), input);
  }

  private static void requireConcat(CellType type, List<Integer> concat) {
    if (type == CellType.REDUCTION && (concat.contains(0) || concat.contains(1))) {
      throw new IllegalArgumentException(
          "DARTS cannot concatenate the output of a previous cell (0 or 1) in a reduction cell, where it is twice as large as the blocks, but the concat is %s. List blocks only, or write the notation slim or json."
              .formatted(concat));
    }
  }

  private static String key(CellType type) {
    return switch (type) {
      case NORMAL -> "normal";
      case REDUCTION -> "reduce";
    };
  }

  private static String concatKey(CellType type) {
    return key(type) + "_concat";
  }

  @Override
  public Macro macro(String text) {
    return ForeignNotation.DARTS.readMacro("n=6,f=36,stem=cifar,image=32");
  }
}
