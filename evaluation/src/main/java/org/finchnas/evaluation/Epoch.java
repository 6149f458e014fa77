package org.finchnas.evaluation;

/**
 * One pass over the training images.
 *
 * @param trainLoss mean cross-entropy in nats
 * @param validationAccuracy share in [0, 1], or NaN where it was not measured
 */
public record Epoch(double trainLoss, double validationAccuracy) {}
