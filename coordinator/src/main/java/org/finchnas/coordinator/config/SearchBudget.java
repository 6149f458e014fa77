package org.finchnas.coordinator.config;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When a search ends: at the first limit it reaches.
 *
 * @param evaluations candidates told to the strategy; default 100
 * @param wallTime time spent searching, or null for no limit (the default); a search that it ends
 *     depends on the speed of the machine
 */
public record SearchBudget(int evaluations, @Nullable Duration wallTime) {

  public static final SearchBudget DEFAULT = new SearchBudget(100, null);

  public SearchBudget {
    if (evaluations < 1) {
      throw new IllegalArgumentException(
          "evaluations (%d) must be at least 1.".formatted(evaluations));
    }
    if (wallTime != null && !(wallTime.compareTo(Duration.ZERO) > 0)) {
      throw new IllegalArgumentException("wallTime (%s) must be above 0.".formatted(wallTime));
    }
  }

  static SearchBudget read(Section section) {
    int evaluations = section.read("evaluations", DEFAULT.evaluations, ValueRule.integer(1));
    Optional<Duration> wallTime = section.read("wallTime", ValueRule.duration());
    return section.finish(() -> new SearchBudget(evaluations, wallTime.orElse(null)), DEFAULT);
  }

  Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("evaluations", evaluations);
    if (wallTime != null) {
      settings.put("wallTime", Amounts.text(wallTime));
    }
    return settings;
  }
}
