package org.finchnas.coordinator;

import java.util.concurrent.CompletableFuture;
import org.finchnas.evaluation.Candidate;
import org.finchnas.evaluation.Evaluation;
import org.jspecify.annotations.Nullable;

/** A candidate that was asked and not yet told. */
record Flight(
    Candidate candidate, @Nullable Integer duplicateOf, CompletableFuture<Evaluation> outcome) {}
