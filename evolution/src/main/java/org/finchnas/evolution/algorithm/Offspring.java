package org.finchnas.evolution.algorithm;

import org.jspecify.annotations.Nullable;

/**
 * What an algorithm proposes.
 *
 * @param parent the number of the individual it was bred from, or null
 */
public record Offspring<A>(A architecture, @Nullable Integer parent) {}
