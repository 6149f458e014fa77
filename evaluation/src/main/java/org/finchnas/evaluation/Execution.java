package org.finchnas.evaluation;

import java.time.Duration;
import java.time.Instant;

/** Where and when a candidate was trained: all that may differ between two equal searches. */
public record Execution(String host, long process, Instant started, Duration took) {}
