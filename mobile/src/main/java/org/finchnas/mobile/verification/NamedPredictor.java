package org.finchnas.mobile.verification;

import org.finchnas.evaluation.Predictor;

/**
 * A predictor and what to call it in a report.
 *
 * @param name such as {@code ONNX Runtime 1.29.0, CPU}
 */
public record NamedPredictor(String name, Predictor predictor) {}
