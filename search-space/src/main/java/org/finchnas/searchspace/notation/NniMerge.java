package org.finchnas.searchspace.notation;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.finchnas.searchspace.Block;
import org.finchnas.searchspace.Cell;
import org.finchnas.searchspace.DidYouMean;

/** Which blocks a cell of NNI concatenates: the {@code merge_op} of its space. */
enum NniMerge {
  ALL,
  LOOSE_END;

  /** That of the spaces with so many nodes in a cell. */
  static NniMerge usual(int nodes) {
    return nodes == 4 ? ALL : LOOSE_END;
  }

  static NniMerge read(Piece piece) {
    String token = piece.string();
    List<String> tokens = Arrays.stream(values()).map(NniMerge::token).toList();
    if (!tokens.contains(token)) {
      throw piece.error("there is no such way to merge. " + DidYouMean.sentence(token, tokens));
    }
    return values()[tokens.indexOf(token)];
  }

  String token() {
    return name().toLowerCase(Locale.ROOT);
  }

  NniMerge other() {
    return this == ALL ? LOOSE_END : ALL;
  }

  Cell cell(List<Block> blocks) {
    return switch (this) {
      case ALL -> new Cell(blocks, IntStream.range(2, blocks.size() + 2).boxed().toList());
      case LOOSE_END -> Cell.ofBlocks(blocks);
    };
  }

  /** Whether both cells are concatenated so. */
  boolean fits(CellPair cells) {
    return cell(cells.normal().blocks()).equals(cells.normal())
        && cell(cells.reduction().blocks()).equals(cells.reduction());
  }
}
