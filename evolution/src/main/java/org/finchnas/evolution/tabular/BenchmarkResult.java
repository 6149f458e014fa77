package org.finchnas.evolution.tabular;

import org.jspecify.annotations.Nullable;

/**
 * How a strategy did on a table.
 *
 * @param regret of the architecture that the strategy names, in the unit of the reported column;
 *     repeated evaluations count
 * @param hypervolumeShare of the true front, of what was evaluated, by distinct architectures; null
 *     if the table names no costs
 * @param infeasible proposals of all searches for regret that were in the table's limits, or the
 *     table, not
 */
public record BenchmarkResult(
    String strategy, Curve regret, @Nullable Curve hypervolumeShare, long infeasible) {}
