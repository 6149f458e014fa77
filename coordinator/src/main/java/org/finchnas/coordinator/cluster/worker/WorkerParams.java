package org.finchnas.coordinator.cluster.worker;

import java.nio.file.Path;
import java.time.Duration;
import org.finchnas.coordinator.cluster.message.Introduction;
import org.jspecify.annotations.Nullable;

/**
 * What a worker knows before it meets its coordinator.
 *
 * @param directory keeps results, weights and checkpoints; one worker at a time
 * @param dataDirectory where published data sets lie, or null
 * @param cacheDirectory where decoded images are kept
 * @param drain how long trainings get to end when the worker is told to go
 */
public record WorkerParams(
    Introduction introduction,
    Path directory,
    @Nullable Path dataDirectory,
    Path cacheDirectory,
    Duration drain) {}
