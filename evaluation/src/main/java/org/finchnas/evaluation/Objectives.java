package org.finchnas.evaluation;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.finchnas.searchspace.DidYouMean;

/** The objectives that a configuration can name. */
public final class Objectives {

  private static final Map<String, Objective> KNOWN = new LinkedHashMap<>();

  static {
    for (Objective objective :
        List.of(
            Objective.VALIDATION_ACCURACY,
            Objective.PARAMS,
            Objective.MACS,
            Objective.PEAK_ACTIVATION_BYTES,
            Objective.LATENCY,
            Objective.FILE_BYTES)) {
      KNOWN.put(objective.name(), objective);
    }
  }

  private Objectives() {}

  /** All of them, the validation accuracy first. */
  public static List<Objective> known() {
    return List.copyOf(KNOWN.values());
  }

  /**
   * @throws IllegalArgumentException if there is none of that name; says the nearest
   */
  public static Objective parse(String name) {
    Objective objective = KNOWN.get(name);
    if (objective == null) {
      throw new IllegalArgumentException(
          "There is no objective \"%s\". %s"
              .formatted(name, DidYouMean.sentence(name, KNOWN.keySet())));
    }
    return objective;
  }

  /**
   * Several, in order.
   *
   * @throws IllegalArgumentException if there are none, or one is unknown or named twice; says all
   *     that is wrong
   */
  public static List<Objective> parse(List<String> names) {
    if (names.isEmpty()) {
      throw new IllegalArgumentException(
          "A search needs at least one objective. Known are %s."
              .formatted(String.join(", ", KNOWN.keySet())));
    }
    List<Objective> objectives = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    HashSet<String> seen = new HashSet<>();
    for (String name : names) {
      if (!seen.add(name)) {
        problems.add("Objective \"%s\" is named twice. Maybe drop one.".formatted(name));
        continue;
      }
      try {
        objectives.add(parse(name));
      } catch (IllegalArgumentException e) {
        problems.add(String.valueOf(e.getMessage()));
      }
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join(" ", problems));
    }
    return List.copyOf(objectives);
  }
}
