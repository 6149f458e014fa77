package org.finchnas.searchspace;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;

/**
 * The operations a search chooses from.
 *
 * @param operations in the order of their gene values, each once
 */
public record OperationSet(List<Operation> operations) {

  /** The 13 operations of Zoph et al., arXiv 1707.07012. */
  public static final OperationSet NASNET =
      new OperationSet(
          List.of(
              Operation.IDENTITY,
              Operation.CONV_1X3_3X1,
              Operation.CONV_1X7_7X1,
              Operation.DILATED_CONV_3X3,
              Operation.AVERAGE_POOLING_3X3,
              Operation.MAX_POOLING_3X3,
              Operation.MAX_POOLING_5X5,
              Operation.MAX_POOLING_7X7,
              Operation.CONV_1X1,
              Operation.CONV_3X3,
              Operation.SEPARABLE_CONV_3X3,
              Operation.SEPARABLE_CONV_5X5,
              Operation.SEPARABLE_CONV_7X7));

  /** The 8 operations of Real et al., arXiv 1802.01548. */
  public static final OperationSet AMOEBANET =
      new OperationSet(
          List.of(
              Operation.IDENTITY,
              Operation.SEPARABLE_CONV_3X3,
              Operation.SEPARABLE_CONV_5X5,
              Operation.SEPARABLE_CONV_7X7,
              Operation.AVERAGE_POOLING_3X3,
              Operation.MAX_POOLING_3X3,
              Operation.DILATED_SEPARABLE_CONV_3X3,
              Operation.CONV_1X7_7X1));

  /** Building blocks of networks made for phones. */
  public static final OperationSet MOBILE =
      new OperationSet(
          List.of(
              Operation.IDENTITY,
              Operation.SEPARABLE_CONV_3X3,
              Operation.SEPARABLE_CONV_5X5,
              Operation.INVERTED_RESIDUAL_3X3_EXPANSION_3,
              Operation.INVERTED_RESIDUAL_3X3_EXPANSION_6,
              Operation.INVERTED_RESIDUAL_5X5_EXPANSION_3,
              Operation.INVERTED_RESIDUAL_5X5_EXPANSION_6,
              Operation.SHUFFLE_UNIT,
              Operation.FIRE_MODULE,
              Operation.SQUEEZE_EXCITE,
              Operation.AVERAGE_POOLING_3X3,
              Operation.MAX_POOLING_3X3));

  public OperationSet {
    operations = List.copyOf(operations);
    if (operations.isEmpty()) {
      throw new IllegalArgumentException("A search needs at least one operation.");
    }
    if (EnumSet.copyOf(operations).size() < operations.size()) {
      throw new IllegalArgumentException(
          "An operation may be listed only once, but they are "
              + operations.stream().map(Operation::token).toList()
              + ".");
    }
  }

  /**
   * The set of a name ({@code nasnet}, {@code amoebanet}, {@code mobile}) or of tokens separated by
   * commas.
   *
   * @throws IllegalArgumentException if a word is neither; names the nearest and all
   */
  public static OperationSet parse(String text) {
    return ofTokens(Arrays.stream(text.split(",", -1)).map(String::strip).toList());
  }

  /**
   * The set of the given tokens; a single one may also be the name of a set.
   *
   * @throws IllegalArgumentException if a token is unknown; names the nearest and all
   */
  public static OperationSet ofTokens(List<String> tokens) {
    return tokens.size() == 1
        ? ofWord(tokens.get(0))
        : new OperationSet(tokens.stream().map(Operation::parse).toList());
  }

  private static OperationSet ofWord(String word) {
    return switch (word) {
      case "nasnet" -> NASNET;
      case "amoebanet" -> AMOEBANET;
      case "mobile" -> MOBILE;
      default -> new OperationSet(List.of(Operation.parse(word)));
    };
  }
}
