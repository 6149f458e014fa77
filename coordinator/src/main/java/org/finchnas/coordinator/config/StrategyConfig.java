package org.finchnas.coordinator.config;

import java.util.LinkedHashMap;
import java.util.Map;
import org.finchnas.evolution.Reward;
import org.finchnas.evolution.StrategySettings;
import org.finchnas.evolution.StrategySettings.Selection;
import org.jspecify.annotations.Nullable;

/**
 * How candidates are chosen.
 *
 * @param kind default {@code guided-evolution}; {@code aging-evolution} where proxies rank children
 * @param population individuals that breed at a time (paper: P), or random ones to begin with;
 *     default a quarter of the budget's evaluations, from 4 to 20, to the published 100 in aging
 *     evolution
 * @param sample how many of them compete to be a parent (paper: S); default a quarter of the
 *     population, at least 2, as published
 * @param selection what makes an individual a parent; default the first objective in aging
 *     evolution, else all of them
 * @param inheritWeights whether a child's training starts from its parent's weights, wherever a
 *     layer is the same; default not
 * @param generational whether nothing is bred before a whole generation is trained, in nsga-ii;
 *     default not
 * @param reward one number in place of the objectives; null (the default) for none
 */
public record StrategyConfig(
    Kind kind,
    int population,
    int sample,
    Selection selection,
    boolean inheritWeights,
    boolean generational,
    @Nullable Reward reward) {

  private static final Kind DEFAULT = Kind.GUIDED_EVOLUTION;

  /** A strategy by the name it has in configurations. */
  public enum Kind {
    GUIDED_EVOLUTION,
    AGING_EVOLUTION,
    LOCAL_SEARCH,
    NSGA_II,
    RANDOM;

    /** As it stands in configurations: {@code aging-evolution}. */
    public String token() {
      return ValueRule.word(this);
    }

    /** Whether some individuals breed at a time, so that a number of them begins. */
    boolean hasPopulation() {
      return switch (this) {
        case GUIDED_EVOLUTION, AGING_EVOLUTION, NSGA_II -> true;
        case LOCAL_SEARCH, RANDOM -> false;
      };
    }

    private int mostInPopulation() {
      return switch (this) {
        case AGING_EVOLUTION -> 100;
        case GUIDED_EVOLUTION, NSGA_II, LOCAL_SEARCH, RANDOM -> 20;
      };
    }

    private Selection selection() {
      return switch (this) {
        case AGING_EVOLUTION, RANDOM -> Selection.FIRST_OBJECTIVE;
        case GUIDED_EVOLUTION, NSGA_II, LOCAL_SEARCH -> Selection.PARETO;
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
    return defaults(DEFAULT, evaluations);
  }

  /** The same of a strategy. */
  public static StrategyConfig defaults(Kind kind, int evaluations) {
    int population = Math.max(4, Math.min(kind.mostInPopulation(), evaluations / 4));
    return new StrategyConfig(
        kind, population, defaultSample(population), kind.selection(), false, false, null);
  }

  /**
   * @param ranked whether proxies choose among children, which guided evolution does itself
   */
  static StrategyConfig read(Section section, int evaluations, boolean ranked) {
    Kind byDefault = ranked ? Kind.AGING_EVOLUTION : DEFAULT;
    Kind kind = section.read("kind", byDefault, ValueRule.oneOf(Kind.class));
    StrategyConfig defaults = defaults(kind, evaluations);
    int population = section.read("population", defaults.population, ValueRule.integer(2));
    int sample = section.read("sample", defaultSample(population), ValueRule.integer(1));
    Selection selection =
        section.read("selection", defaults.selection, ValueRule.oneOf(Selection.class));
    boolean inherit = section.read("inheritWeights", defaults.inheritWeights, ValueRule.flag());
    boolean generational = section.read("generational", false, ValueRule.flag());
    Reward reward = RewardSettings.read(section);
    if (kind == Kind.RANDOM) {
      requireNoParents(section, selection, inherit);
    }
    if (generational && kind != Kind.NSGA_II) {
      section.report(
          "generational",
          "(true) needs generations, and strategy.kind (%s) has none.".formatted(kind.token()),
          "Leave it out, or set kind to nsga-ii.");
    }
    if (ranked && kind == Kind.GUIDED_EVOLUTION) {
      section.report(
          "kind",
          "(guided-evolution) ranks children itself, and so does proxies.rankBy.",
          "Leave rankBy out, or set kind to aging-evolution.");
    }
    return section.finish(
        () ->
            new StrategyConfig(kind, population, sample, selection, inherit, generational, reward),
        defaults);
  }

  /** What is written down and cannot be done is an error, not a wish. */
  private static void requireNoParents(Section section, Selection selection, boolean inherit) {
    String rule = "(%s) needs parents, and strategy.kind (random) has none.";
    if (selection != Kind.RANDOM.selection()) {
      section.report(
          "selection", rule.formatted(ValueRule.word(selection)), "Leave it out, or change kind.");
    }
    if (inherit) {
      section.report("inheritWeights", rule.formatted(true), "Set it to false, or change kind.");
    }
  }

  /** What a strategy is made from. */
  public StrategySettings strategy() {
    return StrategySettings.of(
        kind.token(), population, sample, selection, inheritWeights, generational);
  }

  Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("kind", kind.token());
    settings.put("population", population);
    settings.put("sample", sample);
    settings.put("selection", ValueRule.word(selection));
    settings.put("inheritWeights", inheritWeights);
    if (kind == Kind.NSGA_II) {
      settings.put("generational", generational);
    }
    if (reward != null) {
      settings.put("reward", RewardSettings.settings(reward));
    }
    return settings;
  }

  /** Without what came later and is at its default: the digests of older runs stay the same. */
  Map<String, Object> decidingSettings() {
    Map<String, Object> settings = settings();
    if (selection == Selection.FIRST_OBJECTIVE) {
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
