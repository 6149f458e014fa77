package org.finchnas.coordinator.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What leaves a search.
 *
 * @param formats of the files: {@code onnx}, the default, {@code tflite}, {@code coreml}, {@code
 *     mlpackage}
 * @param precisions of each format: {@code fp32}, the default, {@code fp16}, {@code int8}
 * @param models how many of the front are written, the most accurate first; default 3
 */
public record ExportConfig(List<String> formats, List<String> precisions, int models) {

  static final Map<String, String> FORMATS = words("onnx", "tflite", "coreml", "mlpackage");

  static final Map<String, String> PRECISIONS = words("fp32", "fp16", "int8");

  public static final ExportConfig DEFAULT = new ExportConfig(List.of("onnx"), List.of("fp32"), 3);

  public ExportConfig {
    formats = List.copyOf(formats);
    precisions = List.copyOf(precisions);
    if (models < 0) {
      throw new IllegalArgumentException("models (%d) must be 0 or more.".formatted(models));
    }
  }

  private static Map<String, String> words(String... words) {
    Map<String, String> all = new LinkedHashMap<>();
    for (String word : words) {
      all.put(word, word);
    }
    return all;
  }

  static ExportConfig read(Section section) {
    List<String> formats =
        section.read(
            "formats",
            DEFAULT.formats,
            ValueRule.listOf(ValueRule.oneOf(FORMATS, format -> format)));
    List<String> precisions =
        section.read(
            "precisions",
            DEFAULT.precisions,
            ValueRule.listOf(ValueRule.oneOf(PRECISIONS, precision -> precision)));
    int models = section.read("models", DEFAULT.models, ValueRule.integer(0));
    return section.finish(() -> new ExportConfig(formats, precisions, models), DEFAULT);
  }

  Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("formats", formats);
    settings.put("precisions", precisions);
    settings.put("models", models);
    return settings;
  }
}
