package org.finchnas.evaluation;

import org.finchnas.searchspace.Architecture;
import org.jspecify.annotations.Nullable;

/**
 * An architecture proposed for training, not yet scored.
 *
 * @param number position in the search, from 0
 * @param seed decides its initial weights, the order of its images and their augmentation
 * @param parent the number of the candidate it was bred from, or null
 */
public record Candidate(
    int number,
    Architecture architecture,
    Fidelity fidelity,
    long seed,
    @Nullable Integer parent) {}
