package org.finchnas.coordinator;

/** What a search keeps on disk, so that it can be resumed. */
public record RunRecord(EvaluationLog log, FinishedEvaluations finished) {}
