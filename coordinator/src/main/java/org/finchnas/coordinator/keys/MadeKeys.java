package org.finchnas.coordinator.keys;

import java.nio.file.Path;
import java.time.Instant;

/**
 * Where new keys lie.
 *
 * @param authority what signs certificates; no node needs it
 * @param coordinator what the coordinator is given
 * @param worker what every worker is given
 * @param notAfter when all of them end to be valid
 */
public record MadeKeys(Path authority, Path coordinator, Path worker, Instant notAfter) {}
