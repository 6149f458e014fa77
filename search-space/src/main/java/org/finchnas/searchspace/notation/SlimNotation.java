package org.finchnas.searchspace.notation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.finchnas.searchspace.Architecture;
import org.finchnas.searchspace.Block;
import org.finchnas.searchspace.Cell;
import org.finchnas.searchspace.CellType;
import org.finchnas.searchspace.Macro;
import org.finchnas.searchspace.Operation;

/**
 * The lists that slim's {@code nasnet_utils.NasNetABaseCell} and tensorflow/tpu's {@code
 * network_utils.BaseCell} are made of: ten operations, their inputs, counted as in Finch, and for
 * each of the seven states whether it is used, 0 meaning that it is concatenated.
 */
final class SlimNotation implements CellNotation {

  private static final int BLOCKS = 5;
  private static final String TOOL = "slim";
  private static final String OPERATION_LIST = "_operations";
  private static final String INPUT_LIST = "_hiddenstate_indices";
  private static final String USED_LIST = "_used_hiddenstates";
  private static final List<String> NAMES =
      Arrays.stream(CellType.values())
          .map(CellReader::name)
          .flatMap(
              cell -> List.of(cell + OPERATION_LIST, cell + INPUT_LIST, cell + USED_LIST).stream())
          .toList();
  private static final String DILATED =
      "it is a full convolution between two 1x1 convolutions, which Finch does not have. Its nearest, dil_conv_3x3, is depthwise and dilated at rate 2: write the cell in Finch's notation if that is meant.";

  // The TPU code reads the size and the number of layers off the name, and no dilation.
  private static final OperationNames OPERATIONS =
      new OperationNames(
          TOOL,
          SlimNotation::operation,
          Map.of("dil_2_separable_5x5_2", Operation.SEPARABLE_CONV_5X5),
          Map.of(
              "dilated_3x3_rate_2", DILATED,
              "dilated_3x3_rate_4", DILATED,
              "dilated_3x3_rate_6", DILATED));

  private static String operation(Operation operation) {
    return switch (operation) {
      case IDENTITY -> "none";
      case AVERAGE_POOLING_3X3,
          MAX_POOLING_2X2,
          MAX_POOLING_3X3,
          MAX_POOLING_5X5,
          MAX_POOLING_7X7 ->
          operation.token();
      case CONV_1X1 -> "1x1";
      case CONV_3X3 -> "3x3";
      case CONV_1X3_3X1 -> "1x3_3x1";
      case CONV_1X7_7X1 -> "1x7_7x1";
      case SEPARABLE_CONV_3X3 -> "separable_3x3_2";
      case SEPARABLE_CONV_5X5 -> "separable_5x5_2";
      case SEPARABLE_CONV_7X7 -> "separable_7x7_2";
      case DILATED_CONV_3X3,
          DILATED_CONV_5X5,
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

  /** Whether a text that begins with an assignment to this name should be in this notation. */
  static boolean claims(String name) {
    return name.startsWith("normal_") || name.startsWith("reduction_");
  }

  @Override
  public String write(Architecture architecture) {
    List<String> lines = new ArrayList<>();
    for (CellType type : CellType.values()) {
      Cell cell = architecture.cell(type);
      requireExpressible(cell, type);
      List<String> operations = new ArrayList<>();
      List<Integer> inputs = new ArrayList<>();
      int state = 2;
      for (Block block : cell.blocks()) {
        operations.add(OPERATIONS.write(block.leftOperation(), type, state));
        operations.add(OPERATIONS.write(block.rightOperation(), type, state));
        inputs.add(block.leftInput());
        inputs.add(block.rightInput());
        state++;
      }
      String name = CellReader.name(type);
      lines.add(name + OPERATION_LIST + " = ['" + String.join("', '", operations) + "']");
      lines.add(name + INPUT_LIST + " = " + inputs);
      lines.add(name + USED_LIST + " = " + used(cell));
    }
    return String.join("\n", lines);
  }

  private static List<Integer> used(Cell cell) {
    return IntStream.range(0, cell.states())
        .mapToObj(state -> cell.concat().contains(state) ? 0 : 1)
        .toList();
  }

  private static void requireExpressible(Cell cell, CellType type) {
    if (cell.blocks().size() != BLOCKS) {
      throw new IllegalArgumentException(
          "slim builds cells of exactly %d blocks, but the %s cell has %d. Write the notation darts or json."
              .formatted(BLOCKS, CellReader.name(type), cell.blocks().size()));
    }
    List<Integer> ascending = cell.concat().stream().sorted().toList();
    if (!ascending.equals(cell.concat())) {
      throw new IllegalArgumentException(
          "slim concatenates hidden states in ascending order, but the %s cell has %s. Give them as %s, which is the same network but for the order of its channels, or write the notation json."
              .formatted(CellReader.name(type), cell.concat(), ascending));
    }
  }

  @Override
  public CellPair cells(String text) {
    Members lists = PythonLiterals.assignments(new ForeignText("slim lists", text)).members();
    lists.requireKnown(NAMES);
    return new CellPair(cell(lists, CellType.NORMAL), cell(lists, CellType.REDUCTION));
  }

  private static Cell cell(Members lists, CellType type) {
    String name = CellReader.name(type);
    List<Piece> operations = list(lists.required(name + OPERATION_LIST), 2 * BLOCKS);
    List<Piece> inputs = list(lists.required(name + INPUT_LIST), 2 * BLOCKS);
    CellReader reader = new CellReader();
    for (int i = 0; i < 2 * BLOCKS; i += 2) {
      reader.add(
          side(operations.get(i), inputs.get(i)), side(operations.get(i + 1), inputs.get(i + 1)));
    }
    Piece used = lists.required(name + USED_LIST);
    List<Integer> concat = concat(used);
    return used.build(() -> new Cell(reader.blocks(), concat));
  }

  private static List<Piece> list(Piece list, int size) {
    List<Piece> elements = list.list();
    if (elements.size() != size) {
      throw list.error(
          "a cell of %d blocks needs %d of them, but there are %d."
              .formatted(BLOCKS, size, elements.size()));
    }
    return elements;
  }

  private static CellReader.Side side(Piece operation, Piece input) {
    return new CellReader.Side(OPERATIONS.read(operation), input.integer(), input);
  }

  private static List<Integer> concat(Piece used) {
    List<Piece> flags = list(used, BLOCKS + 2);
    List<Integer> concat = new ArrayList<>();
    for (int state = 0; state < flags.size(); state++) {
      int flag = flags.get(state).integer();
      if (flag != 0 && flag != 1) {
        throw flags
            .get(state)
            .error("it should be 1 for a state that is used, or 0 for one that is concatenated.");
      }
      if (flag == 0) {
        concat.add(state);
      }
    }
    return concat;
  }

  @Override
  public Macro macro(String text) {
    return ForeignNotation.SLIM.readMacro("n=6,f=36,stem=cifar,image=32");
  }
}
