package org.finchnas.mobile;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How the numbers of a file are stored. */
public enum Precision {
  /** Single precision, 4 bytes a parameter. */
  FP32,

  /** Weights in half precision, 2 bytes a parameter; arithmetic as the format says. */
  FP16,

  /** Weights, and where the format has it activations, in 8 bits. */
  INT8;

  /** Name on the command line and in files. */
  public String token() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws IllegalArgumentException if there is no such precision; lists those there are
   */
  public static Precision ofToken(String token) {
    return Arrays.stream(values())
        .filter(precision -> precision.token().equals(token.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Precision '%s' is unknown. There is: %s."
                        .formatted(
                            token,
                            Arrays.stream(values())
                                .map(Precision::token)
                                .collect(Collectors.joining(", ")))));
  }
}
