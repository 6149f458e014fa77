package org.finchnas.mobile;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** File formats that networks leave in. */
public enum ExportFormat {
  /** Open Neural Network Exchange, opset 13. */
  ONNX("onnx");

  private final String token;

  ExportFormat(String token) {
    this.token = token;
  }

  /** Name on the command line and extension of its files. */
  public String token() {
    return token;
  }

  /**
   * @throws IllegalArgumentException if there is no such format; lists those there are
   */
  public static ExportFormat ofToken(String token) {
    return Arrays.stream(values())
        .filter(format -> format.token.equals(token.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Export format '%s' is unknown. There is: %s.".formatted(token, tokens())));
  }

  /**
   * The format of a file by the end of its name.
   *
   * @throws IllegalArgumentException if no format's files end like this
   */
  public static ExportFormat ofFile(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return Arrays.stream(values())
        .filter(format -> name.endsWith("." + format.token))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "The format of %s is unknown: its name must end in .%s."
                        .formatted(file, tokens().replace(", ", " or ."))));
  }

  private static String tokens() {
    return Arrays.stream(values()).map(ExportFormat::token).collect(Collectors.joining(", "));
  }
}
