package org.finchnas.mobile;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** File formats that networks leave in. */
public enum ExportFormat {
  /** Open Neural Network Exchange, opset 13. */
  ONNX("onnx", "onnx"),

  /** TensorFlow Lite, schema version 3. */
  TFLITE("tflite", "tflite"),

  /** Core ML as one file: a neural network of specification 3, for iOS 12 and later. */
  COREML("coreml", "mlmodel"),

  /** Core ML as a folder: an ML program of specification 6, for iOS 15 and later. */
  MLPACKAGE("mlpackage", "mlpackage");

  private final String token;
  private final String extension;

  ExportFormat(String token, String extension) {
    this.token = token;
    this.extension = extension;
  }

  /** Name on the command line. */
  public String token() {
    return token;
  }

  /** What the names of its files end in, without the dot. */
  public String extension() {
    return extension;
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
        .filter(format -> name.endsWith("." + format.extension))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "The format of %s is unknown: its name must end in .%s."
                        .formatted(file, extensions())));
  }

  private static String extensions() {
    return Arrays.stream(values())
        .map(ExportFormat::extension)
        .collect(Collectors.joining(" or ."));
  }

  private static String tokens() {
    return Arrays.stream(values()).map(ExportFormat::token).collect(Collectors.joining(", "));
  }
}
