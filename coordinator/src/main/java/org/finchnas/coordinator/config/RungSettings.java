package org.finchnas.coordinator.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.finchnas.evaluation.Fidelity;
import org.finchnas.evaluation.Rungs;

/** Reads and writes the rungs below the full fidelity. */
final class RungSettings {

  private RungSettings() {}

  static Rungs read(Section section, Fidelity full) {
    int reduction = section.read("reduction", Rungs.DEFAULT_REDUCTION, ValueRule.integer(2));
    List<Fidelity> fidelities = new ArrayList<>();
    for (Section lower : section.sections("lower")) {
      fidelities.add(TrainingSettings.readFidelity(lower, full));
    }
    fidelities.add(full);
    return section.finish(() -> new Rungs(reduction, fidelities), Rungs.only(full));
  }

  static Map<String, Object> settings(Rungs rungs) {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("reduction", rungs.reduction());
    settings.put("lower", rungs.lower().stream().map(TrainingSettings::settings).toList());
    return settings;
  }
}
