package org.finchnas.coordinator.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.finchnas.evaluation.Direction;
import org.finchnas.evaluation.Objective;
import org.finchnas.evaluation.Objectives;
import org.finchnas.evolution.Reward;
import org.jspecify.annotations.Nullable;

/** Reads and writes the one number that may take the place of several objectives. */
final class RewardSettings {

  private RewardSettings() {}

  /** The reward, or null if none is set or it is wrong. */
  static @Nullable Reward read(Section strategy) {
    Section section = strategy.section("reward");
    Map<String, Objective> costs = new LinkedHashMap<>();
    for (Objective objective : Objectives.known()) {
      if (objective.direction() == Direction.MINIMIZE) {
        costs.put(objective.name(), objective);
      }
    }
    Optional<Objective> cost = section.read("cost", ValueRule.oneOf(costs, Objective::name));
    Optional<Double> target =
        section.read("target", ValueRule.number("above 0", value -> value > 0));
    double exponent =
        section.read(
            "exponent",
            Reward.PUBLISHED_EXPONENT,
            ValueRule.number("of 0 or less", value -> value <= 0));
    if (cost.isEmpty() != target.isEmpty() && !section.hasProblem()) {
      section.report(
          cost.isEmpty() ? "cost" : "target",
          "must be set for a reward.",
          "Set both, {cost: macs, target: 5e6}, or leave the reward out.");
    }
    return cost.isPresent() && target.isPresent()
        ? new Reward(cost.get(), target.get(), exponent)
        : null;
  }

  static Map<String, Object> settings(Reward reward) {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("cost", reward.cost().name());
    settings.put("target", reward.target());
    settings.put("exponent", reward.exponent());
    return settings;
  }
}
