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
 * @param stagnation how many evaluations on end may leave the front as it is, or null for no limit
 *     (the default)
 */
public record SearchBudget(
    int evaluations, @Nullable Duration wallTime, @Nullable Integer stagnation) {

  public static final SearchBudget DEFAULT = new SearchBudget(100, null);

  /** Without a limit on stagnation. */
  public SearchBudget(int evaluations, @Nullable Duration wallTime) {
    this(evaluations, wallTime, null);
  }

  public SearchBudget {
    if (evaluations < 1) {
      throw new IllegalArgumentException(
          "evaluations (%d) must be at least 1.".formatted(evaluations));
    }
    if (stagnation != null && stagnation < 1) {
      throw new IllegalArgumentException(
          "stagnation (%d) must be at least 1.".formatted(stagnation));
    }
    if (wallTime != null && !(wallTime.compareTo(Duration.ZERO) > 0)) {
      throw new IllegalArgumentException("wallTime (%s) must be above 0.".formatted(wallTime));
    }
  }

  static SearchBudget read(Section section) {
    int evaluations = section.read("evaluations", DEFAULT.evaluations, ValueRule.integer(1));
    Optional<Duration> wallTime = section.read("wallTime", ValueRule.duration());
    Optional<Integer> stagnation = section.read("stagnation", ValueRule.integer(1));
    return section.finish(
        () -> new SearchBudget(evaluations, wallTime.orElse(null), stagnation.orElse(null)),
        DEFAULT);
  }

  Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("evaluations", evaluations);
    if (wallTime != null) {
      settings.put("wallTime", Amounts.text(wallTime));
    }
    if (stagnation != null) {
      settings.put("stagnation", stagnation);
    }
    return settings;
  }
}
