package org.finchnas.coordinator.config;

import java.util.LinkedHashMap;
import java.util.Map;
import org.finchnas.evolution.StrategySettings;
import org.finchnas.evolution.StrategySettings.Selection;

/**
 * How candidates are chosen.
 *
 * @param kind default {@code aging-evolution}
 * @param population individuals that breed at a time (paper: P); default a quarter of the budget's
 *     evaluations, from 4 to the published 100
 * @param sample how many of them compete to be a parent (paper: S); default a quarter of the
 *     population, at least 2, as published
 * @param selection what makes an individual a parent; default the first objective
 * @param inheritWeights whether a child's training starts from its parent's weights, wherever a
 *     layer is the same; default not
 */
public record StrategyConfig(
    Kind kind, int population, int sample, Selection selection, boolean inheritWeights) {

  private static final Selection SELECTION = Selection.FIRST_OBJECTIVE;

  /** A strategy by the name it has in configurations. */
  public enum Kind {
    AGING_EVOLUTION,
    LOCAL_SEARCH,
    RANDOM;

    /** As it stands in configurations: {@code aging-evolution}. */
    public String token() {
      return ValueRule.word(this);
    }

    /** Whether some individuals breed at a time, so that a number of them begins. */
    boolean hasPopulation() {
      return switch (this) {
        case AGING_EVOLUTION -> true;
        case LOCAL_SEARCH, RANDOM -> false;
      };
    }
  }

  public StrategyConfig {
    if (population < 2) {
      throw new IllegalArgumentException(
          "population (%d) must be at least 2.".formatted(population));
    }
    if (sample < 1 || sample > population) {
      throw new IllegalArgumentException(
          "sample (%d) must be at least 1 and at most the population (%d). Maybe lower sample."
              .formatted(sample, population));
    }
  }

  /** The defaults for a number of evaluations. */
  public static StrategyConfig defaults(int evaluations) {
    int population = Math.max(4, Math.min(100, evaluations / 4));
    return new StrategyConfig(
        Kind.AGING_EVOLUTION, population, defaultSample(population), SELECTION, false);
  }

  static StrategyConfig read(Section section, int evaluations) {
    StrategyConfig defaults = defaults(evaluations);
    Kind kind = section.read("kind", defaults.kind, ValueRule.oneOf(Kind.class));
    int population = section.read("population", defaults.population, ValueRule.integer(2));
    int sample = section.read("sample", defaultSample(population), ValueRule.integer(1));
    Selection selection =
        section.read("selection", defaults.selection, ValueRule.oneOf(Selection.class));
    boolean inherit = section.read("inheritWeights", defaults.inheritWeights, ValueRule.flag());
    if (kind == Kind.RANDOM) {
      requireNoParents(section, selection, inherit);
    }
    return section.finish(
        () -> new StrategyConfig(kind, population, sample, selection, inherit), defaults);
  }

  /** What is written down and cannot be done is an error, not a wish. */
  private static void requireNoParents(Section section, Selection selection, boolean inherit) {
    String rule = "(%s) needs parents, and strategy.kind (random) has none.";
    if (selection != SELECTION) {
      section.report(
          "selection", rule.formatted(ValueRule.word(selection)), "Leave it out, or change kind.");
    }
    if (inherit) {
      section.report("inheritWeights", rule.formatted(true), "Set it to false, or change kind.");
    }
  }

  /** What a strategy is made from. */
  public StrategySettings strategy() {
    return StrategySettings.of(kind.token(), population, sample, selection, inheritWeights);
  }

  Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("kind", kind.token());
    settings.put("population", population);
    settings.put("sample", sample);
    settings.put("selection", ValueRule.word(selection));
    settings.put("inheritWeights", inheritWeights);
    return settings;
  }

  /** Without what came later and is at its default: the digests of older runs stay the same. */
  Map<String, Object> decidingSettings() {
    Map<String, Object> settings = settings();
    if (selection == SELECTION) {
      settings.remove("selection");
    }
    if (!inheritWeights) {
      settings.remove("inheritWeights");
    }
    return settings;
  }

  private static int defaultSample(int population) {
    return Math.max(2, population / 4);
  }
}
