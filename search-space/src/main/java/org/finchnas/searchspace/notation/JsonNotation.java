package org.finchnas.searchspace.notation;

import java.util.List;
import java.util.stream.Collectors;
import org.finchnas.searchspace.Architecture;
import org.finchnas.searchspace.Block;
import org.finchnas.searchspace.Cell;
import org.finchnas.searchspace.Macro;
import org.finchnas.searchspace.Operation;
import org.finchnas.searchspace.json.Json;
import org.finchnas.searchspace.json.JsonException;

/**
 * An architecture as JSON:
 *
 * <pre>{@code
 * {
 *   "macro": {"cellsPerStack": 6, "initialFilters": 36, "stem": "cifar", "imageSize": 32, ...},
 *   "normal": {
 *     "blocks": [
 *       {"left": {"operation": "sep_conv_3x3", "input": 0}, "right": {...}}
 *     ],
 *     "concat": [2]
 *   },
 *   "reduction": {...}
 * }
 * }</pre>
 *
 * Of the settings of {@code macro} the four shown are required; others are as published for the
 * stem where they are left out.
 */
final class JsonNotation implements CellNotation {

  private static final String MACRO = "macro";
  private static final String NORMAL = "normal";
  private static final String REDUCTION = "reduction";
  private static final String BLOCKS = "blocks";
  private static final String CONCAT = "concat";
  private static final String LEFT = "left";
  private static final String RIGHT = "right";
  private static final String OPERATION = "operation";
  private static final String INPUT = "input";

  @Override
  public String write(Architecture architecture) {
    return """
        {
          "macro": %s,
          "normal": %s,
          "reduction": %s
        }"""
        .formatted(
            JsonMacro.write(architecture.macro()),
            cell(architecture.normal()),
            cell(architecture.reduction()));
  }

  private static String cell(Cell cell) {
    String blocks =
        cell.blocks().stream()
            .map(
                block ->
                    "      {\"left\": %s, \"right\": %s}"
                        .formatted(
                            side(block.leftOperation(), block.leftInput()),
                            side(block.rightOperation(), block.rightInput())))
            .collect(Collectors.joining(",\n"));
    return "{\n    \"blocks\": [\n%s\n    ],\n    \"concat\": %s\n  }"
        .formatted(blocks, cell.concat());
  }

  private static String side(Operation operation, int input) {
    return "{\"operation\": \"%s\", \"input\": %d}".formatted(operation.token(), input);
  }

  @Override
  public CellPair cells(String text) {
    Members members = members(text);
    return new CellPair(cell(members.required(NORMAL)), cell(members.required(REDUCTION)));
  }

  @Override
  public Macro macro(String text) {
    return JsonMacro.read(members(text).required(MACRO));
  }

  private static Members members(String text) {
    ForeignText source = new ForeignText("architecture in JSON", text);
    try {
      return new Piece(source, Json.readPlaced(text))
          .members()
          .requireKnown(List.of(MACRO, NORMAL, REDUCTION));
    } catch (JsonException e) {
      int end = Math.min(e.position() + 1, text.length());
      throw source.error(Math.min(e.position(), end), end, e.rule() + ".");
    }
  }

  private static Cell cell(Piece cell) {
    Members members = cell.members().requireKnown(List.of(BLOCKS, CONCAT));
    Piece list = members.required(BLOCKS);
    CellReader reader = new CellReader();
    for (Piece piece : list.list()) {
      Members block = piece.members().requireKnown(List.of(LEFT, RIGHT));
      reader.add(side(block.required(LEFT)), side(block.required(RIGHT)));
    }
    List<Block> blocks = list.build(() -> Cell.ofBlocks(reader.blocks())).blocks();
    Piece concat = members.required(CONCAT);
    List<Integer> states = concat.integers();
    return concat.build(() -> new Cell(blocks, states));
  }

  private static CellReader.Side side(Piece side) {
    Members members = side.members().requireKnown(List.of(OPERATION, INPUT));
    Piece operation = members.required(OPERATION);
    Piece input = members.required(INPUT);
    return new CellReader.Side(
        operation.build(() -> Operation.parse(operation.string())), input.integer(), input);
  }
}
