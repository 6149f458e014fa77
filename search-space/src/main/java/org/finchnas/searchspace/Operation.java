package org.finchnas.searchspace;

import java.util.Arrays;
import java.util.List;

/**
 * What a block does to one of its inputs. Tokens are those of published code.
 *
 * <p>Convolutions start with a ReLU and end with batch normalisation. {@code sep} and {@code
 * dil_sep} are a depthwise and a pointwise convolution, applied twice; {@code dil_conv} applies
 * them once (as DARTS does). {@code conv_3x3}, {@code conv_1x3_3x1} and {@code conv_1x7_7x1} work
 * in a bottleneck between two 1x1 convolutions, as in the authors' AmoebaNet code; code of others
 * that leaves the bottleneck out means other networks by the same names.
 */
public enum Operation {
  IDENTITY(1, "skip_connect"),
  AVERAGE_POOLING_3X3(2, "avg_pool_3x3"),
  MAX_POOLING_2X2(3, "max_pool_2x2"),
  MAX_POOLING_3X3(4, "max_pool_3x3"),
  MAX_POOLING_5X5(5, "max_pool_5x5"),
  MAX_POOLING_7X7(6, "max_pool_7x7"),
  CONV_1X1(7, "conv_1x1"),
  CONV_3X3(8, "conv_3x3"),
  CONV_1X3_3X1(9, "conv_1x3_3x1"),
  CONV_1X7_7X1(10, "conv_1x7_7x1"),
  SEPARABLE_CONV_3X3(11, "sep_conv_3x3"),
  SEPARABLE_CONV_5X5(12, "sep_conv_5x5"),
  SEPARABLE_CONV_7X7(13, "sep_conv_7x7"),
  DILATED_CONV_3X3(14, "dil_conv_3x3"),
  DILATED_SEPARABLE_CONV_3X3(15, "dil_sep_conv_3x3");

  private final int code;
  private final String token;

  Operation(int code, String token) {
    this.code = code;
    this.token = token;
  }

  /** Its name in files, notations and node names. */
  public String token() {
    return token;
  }

  /** Its number in canonical forms, in 1 … 255: never changed or used again, as ids rest on it. */
  int code() {
    return code;
  }

  /**
   * The operation of a {@link #token}; {@code identity} is also understood.
   *
   * @throws IllegalArgumentException if there is none; names the nearest and all
   */
  public static Operation parse(String token) {
    if (token.equals("identity")) {
      return IDENTITY;
    }
    return Arrays.stream(values())
        .filter(operation -> operation.token.equals(token))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "There is no operation \"%s\". %s"
                        .formatted(token, DidYouMean.sentence(token, tokens()))));
  }

  static List<String> tokens() {
    return Arrays.stream(values()).map(Operation::token).toList();
  }
}
