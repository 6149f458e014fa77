package org.finchnas.coordinator.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What leaves a search.
 *
 * @param formats of the files: {@code onnx}, the default, {@code tflite}, {@code coreml}, {@code
 *     mlpackage}
 * @param models how many of the front are written, the most accurate first; default 3
 */
public record ExportConfig(List<String> formats, int models) {

  private static final Map<String, String> KNOWN =
      Stream.of("onnx", "tflite", "coreml", "mlpackage")
          .collect(Collectors.toMap(Function.identity(), Function.identity()));

  public static final ExportConfig DEFAULT = new ExportConfig(List.of("onnx"), 3);

  public ExportConfig {
    formats = List.copyOf(formats);
    if (models < 0) {
      throw new IllegalArgumentException("models (%d) must be 0 or more.".formatted(models));
    }
  }

  static ExportConfig read(Section section) {
    List<String> formats =
        section.read(
            "formats", DEFAULT.formats, ValueRule.listOf(ValueRule.oneOf(KNOWN, format -> format)));
    int models = section.read("models", DEFAULT.models, ValueRule.integer(0));
    return section.finish(() -> new ExportConfig(formats, models), DEFAULT);
  }

  Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("formats", formats);
    settings.put("models", models);
    return settings;
  }
}
