package org.finchnas.evaluation;

import org.jspecify.annotations.Nullable;

/**
 * What all trainings of a search share: the images and the way to learn from them.
 *
 * @param dataSet {@code shapes}, {@code cifar10} or {@code images:DIR}
 * @param dataDirectory where published files lie, or null
 * @param cacheDirectory where decoded images are kept and shared between processes
 * @param imageSize rows and columns that the images are scaled to
 * @param validationShare share of the training images that is held out to score candidates
 * @param splitSeed decides which
 * @param weightsDirectory where weights are written, by content hash
 * @param checkpointDirectory where long trainings save each epoch
 * @param maxSteps training steps a candidate may take; 0 for no limit
 * @param maxBytes memory a slot may use; 0 for no limit
 */
public record TrainingTask(
    String dataSet,
    @Nullable String dataDirectory,
    String cacheDirectory,
    int imageSize,
    double validationShare,
    long splitSeed,
    TrainingParams params,
    String weightsDirectory,
    String checkpointDirectory,
    long maxSteps,
    long maxBytes) {}
