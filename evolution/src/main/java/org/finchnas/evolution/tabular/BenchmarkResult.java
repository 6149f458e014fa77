package org.finchnas.evolution.tabular;

import org.jspecify.annotations.Nullable;

/**
 * How a strategy did on a table.
 *
 * @param regret of the architecture that the strategy names, in the unit of the reported column;
 *     repeated evaluations count
 * @param hypervolumeShare of the true front, of what was evaluated, by distinct architectures; null
 *     if the table names no costs
 * @param infeasible what all searches for regret drew that was outside the table's limits, or not
 *     in the table
 */
public record BenchmarkResult(
    String strategy, Curve regret, @Nullable Curve hypervolumeShare, long infeasible) {}
