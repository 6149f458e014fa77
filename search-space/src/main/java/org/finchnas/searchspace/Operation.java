package org.finchnas.searchspace;

import java.util.Arrays;
import java.util.List;

/**
 * What a block does to one of its inputs. Tokens are those of published code where there is some.
 *
 * <p>Convolutions start with an activation, that of the {@link Macro}, and end with batch
 * normalisation. {@code sep} and {@code dil_sep} are a depthwise and a pointwise convolution,
 * applied twice; {@code dil_conv} applies them once (as DARTS does). {@code conv_3x3}, {@code
 * conv_1x3_3x1} and {@code conv_1x7_7x1} work in a bottleneck between two 1x1 convolutions, as in
 * the authors' AmoebaNet code; code of others that leaves the bottleneck out means other networks
 * by the same names.
 *
 * <p>The building blocks of mobile networks, fitted to cells:
 *
 * <ul>
 *   <li>{@code mbconv_3x3_e6}: MobileNetV2's inverted residual (arXiv 1801.04381) of that kernel
 *       and expansion; no activation before it, since a bottleneck is linear.
 *   <li>{@code shuffle_unit}: ShuffleNet's (arXiv 1707.01083), with a bottleneck of a quarter of
 *       the filters; as many groups as divide 4, the channels that come in and out, and the
 *       bottleneck.
 *   <li>{@code fire_module}: SqueezeNet's (arXiv 1602.07360), squeezing to an eighth of the
 *       filters.
 *   <li>{@code squeeze_excite}: SENet's scaling of the channels (arXiv 1709.01507), squeezing to a
 *       quarter, as cells are narrow.
 * </ul>
 *
 * Parts of the filters are rounded down, to at least 1. The first two add their input, if it has
 * the shape of what comes out; a shuffle unit that halves the image adds the average of each 3x3
 * window where the channels agree (ShuffleNet itself concatenates it, and so doubles its channels).
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
  DILATED_SEPARABLE_CONV_3X3(15, "dil_sep_conv_3x3"),
  DILATED_CONV_5X5(16, "dil_conv_5x5"),
  INVERTED_RESIDUAL_3X3_EXPANSION_3(17, "mbconv_3x3_e3"),
  INVERTED_RESIDUAL_3X3_EXPANSION_6(18, "mbconv_3x3_e6"),
  INVERTED_RESIDUAL_5X5_EXPANSION_3(19, "mbconv_5x5_e3"),
  INVERTED_RESIDUAL_5X5_EXPANSION_6(20, "mbconv_5x5_e6"),
  SHUFFLE_UNIT(21, "shuffle_unit"),
  FIRE_MODULE(22, "fire_module"),
  SQUEEZE_EXCITE(23, "squeeze_excite");

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
