package org.finchnas.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.finchnas.evaluation.Evaluation.Completed;
import org.finchnas.evaluation.Objective;
import org.finchnas.mobile.ExportFormat;
import org.finchnas.mobile.ExportedModel;
import org.finchnas.mobile.Precision;
import org.finchnas.mobile.latency.LatencyMeasurement;
import org.finchnas.mobile.latency.profile.DeviceProfile;

/**
 * Of each exported model what was estimated for the device of the search, and what its TFLite file
 * was measured to take on this machine: side by side, never mixed.
 */
final class FrontLatencies {

  private final Optional<DeviceProfile> device;
  private final List<Row> rows = new ArrayList<>();

  private record Row(Completed member, double estimated, LatencyMeasurement measured) {}

  FrontLatencies(Optional<DeviceProfile> device) {
    this.device = device;
  }

  /** Takes note of a file; of what is no TFLite file in single precision, none. */
  void add(Completed member, ExportedModel model) {
    Double estimated = member.scores().get(Objective.LATENCY.name());
    LatencyMeasurement measured = model.latency();
    boolean isTimed = model.format() == ExportFormat.TFLITE && model.precision() == Precision.FP32;
    if (estimated != null && measured != null && isTimed) {
      rows.add(new Row(member, estimated, measured));
    }
  }

  /** Empty where nothing was estimated. */
  List<String> lines() {
    if (device.isEmpty() || rows.isEmpty()) {
      return List.of();
    }
    DeviceProfile profile = device.get();
    LatencyMeasurement first = rows.get(0).measured();
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add(
        "Latency: estimated for %s (%s), measured on this machine (%s, %d thread)"
            .formatted(profile.name(), profile.conditions(), first.runtime(), first.threads()));
    Table table = new Table("#", "estimated", "measured here");
    for (Row row : rows) {
      table.row(
          Integer.toString(row.member().candidate().number()),
          Quantity.millis(row.estimated()),
          Quantity.millis(row.measured().medianMillis()));
    }
    lines.addAll(table.lines());
    return lines;
  }

  List<Map<String, Object>> json() {
    List<Map<String, Object>> json = new ArrayList<>();
    for (Row row : rows) {
      Map<String, Object> latency = new LinkedHashMap<>();
      latency.put("number", row.member().candidate().number());
      latency.put("device", device.map(DeviceProfile::name).orElse(""));
      latency.put("estimatedMillis", row.estimated());
      latency.put("measuredMillis", row.measured().medianMillis());
      latency.put("measuredMinimumMillis", row.measured().minimumMillis());
      latency.put("measuredWith", row.measured().runtime());
      json.add(latency);
    }
    return json;
  }
}
