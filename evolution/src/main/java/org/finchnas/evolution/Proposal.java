package org.finchnas.evolution;

import org.finchnas.evaluation.Fidelity;
import org.finchnas.evaluation.Start;
import org.finchnas.searchspace.Architecture;
import org.jspecify.annotations.Nullable;

/**
 * What a strategy would have trained next. It becomes a candidate when it breaks no constraint.
 *
 * @param parent the number of the candidate it was bred from, or null
 * @param start the weights its training begins with, or null for fresh ones
 */
public record Proposal(
    Architecture architecture,
    Fidelity fidelity,
    @Nullable Integer parent,
    @Nullable Start start) {}
