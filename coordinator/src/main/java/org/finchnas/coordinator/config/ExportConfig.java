package org.finchnas.coordinator.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What leaves a search.
 *
 * @param formats of the files: {@code onnx}, the default, and {@code tflite}
 * @param models how many of the front are written, the most accurate first; default 3
 */
public record ExportConfig(List<String> formats, int models) {

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
            "formats",
            DEFAULT.formats,
            ValueRule.listOf(
                ValueRule.oneOf(Map.of("onnx", "onnx", "tflite", "tflite"), format -> format)));
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
