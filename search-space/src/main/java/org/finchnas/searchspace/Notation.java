package org.finchnas.searchspace;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * An architecture as one line of text without blanks, quotes or characters that a shell would
 * treat, for example
 *
 * <pre>{@code
 * n=1,f=8,stem=cifar,image=32:normal=sep_conv_3x3@0+skip_connect@1:reduction=max_pool_3x3@0+conv_1x1@1
 * }</pre>
 *
 * A block is {@code operation@state+operation@state}; blocks are separated by commas. A cell ends
 * with {@code concat=2+3} when it does not concatenate its loose ends.
 */
final class Notation {

  static final String FORM = "n=1,f=8,stem=cifar,image=32:normal=BLOCKS:reduction=BLOCKS";
  private static final String BLOCK_FORM = "operation@state+operation@state";
  private static final String CONCAT = "concat=";

  private Notation() {}

  static String write(Architecture architecture) {
    return MacroNotation.write(architecture.macro())
        + ":normal="
        + write(architecture.normal())
        + ":reduction="
        + write(architecture.reduction());
  }

  static String write(Cell cell) {
    String blocks = cell.blocks().stream().map(Notation::write).collect(Collectors.joining(","));
    return cell.concatenatesLooseEnds()
        ? blocks
        : blocks
            + ","
            + CONCAT
            + cell.concat().stream().map(String::valueOf).collect(Collectors.joining("+"));
  }

  private static String write(Block block) {
    return block.leftOperation().token()
        + "@"
        + block.leftInput()
        + "+"
        + block.rightOperation().token()
        + "@"
        + block.rightInput();
  }

  static Architecture read(String text) {
    NotationPiece whole = new NotationPiece(text, 0, text.length());
    List<NotationPiece> parts = whole.split(':');
    if (parts.size() != 3) {
      throw whole.error(
          "an architecture has three parts joined by colons, as in %s, but this has %d."
              .formatted(FORM, parts.size()));
    }
    Macro macro = MacroNotation.read(parts.get(0));
    Cell normal = cell(parts.get(1), CellType.NORMAL);
    return new Architecture(normal, cell(parts.get(2), CellType.REDUCTION), macro);
  }

  private static Cell cell(NotationPiece part, CellType type) {
    String name = type.name().toLowerCase(Locale.ROOT);
    String form = name + "=" + BLOCK_FORM + ",…";
    List<NotationPiece> halves = part.splitOnce('=', form);
    if (!halves.get(0).text().equals(name)) {
      throw halves.get(0).error("this part should have the form %s.".formatted(form));
    }
    return readCell(halves.get(1));
  }

  private static Cell readCell(NotationPiece text) {
    List<NotationPiece> pieces = text.split(',');
    NotationPiece last = pieces.get(pieces.size() - 1);
    boolean explicit = last.text().startsWith(CONCAT);
    List<Block> blocks = new ArrayList<>();
    for (NotationPiece piece : explicit ? pieces.subList(0, pieces.size() - 1) : pieces) {
      Block block = readBlock(piece);
      // Tried at once, so that the error points at the block that reads too late a state.
      blocks.add(block);
      piece.build(any -> Cell.ofBlocks(blocks));
    }
    return text.build(any -> explicit ? new Cell(blocks, concat(last)) : Cell.ofBlocks(blocks));
  }

  private static List<Integer> concat(NotationPiece text) {
    NotationPiece list = text.splitOnce('=', CONCAT + "2+3").get(1);
    return list.split('+').stream().map(NotationPiece::integer).toList();
  }

  private static Block readBlock(NotationPiece text) {
    List<NotationPiece> sides = text.splitOnce('+', BLOCK_FORM);
    List<NotationPiece> left = sides.get(0).splitOnce('@', "operation@state");
    List<NotationPiece> right = sides.get(1).splitOnce('@', "operation@state");
    return text.build(
        any ->
            new Block(
                left.get(1).integer(),
                left.get(0).build(Operation::parse),
                right.get(1).integer(),
                right.get(0).build(Operation::parse)));
  }
}
