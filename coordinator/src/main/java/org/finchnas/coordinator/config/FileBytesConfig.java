package org.finchnas.coordinator.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.finchnas.evaluation.Constraint;
import org.finchnas.evaluation.Objective;

/**
 * Which file the objective and the constraint {@code fileBytes} are about.
 *
 * @param format default {@code tflite}
 * @param precision default {@code fp32}
 */
public record FileBytesConfig(String format, String precision) {

  public static final FileBytesConfig DEFAULT = new FileBytesConfig("tflite", "fp32");

  static FileBytesConfig read(Section section) {
    String format =
        section.read("format", DEFAULT.format, ValueRule.oneOf(ExportConfig.FORMATS, each -> each));
    String precision =
        section.read(
            "precision", DEFAULT.precision, ValueRule.oneOf(ExportConfig.PRECISIONS, each -> each));
    return section.finish(() -> new FileBytesConfig(format, precision), DEFAULT);
  }

  Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("format", format);
    settings.put("precision", precision);
    return settings;
  }

  /** Whether one of these is about the size of a file. */
  static boolean isUsed(List<Objective> objectives, List<Constraint> constraints) {
    return objectives.contains(Objective.FILE_BYTES)
        || constraints.stream().anyMatch(each -> each.objective().equals(Objective.FILE_BYTES));
  }
}
