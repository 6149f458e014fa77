package org.finchnas.benchmarks.export;

import java.util.Locale;
import org.finchnas.mobile.FileKind;
import org.finchnas.mobile.verification.Verification;

/**
 * What one file of one network showed.
 *
 * @param cell number of the network
 * @param trainedAccuracy of the network on the test images
 * @param verification the worst of all runtimes
 * @param accuracyLost of the runtime that loses most, in points of percent; below 0 where it gains
 * @param fileBytes of the written file
 * @param predictedBytes what was said of it without its weights
 */
record FileFigures(
    int cell,
    double trainedAccuracy,
    FileKind kind,
    Verification verification,
    double accuracyLost,
    long fileBytes,
    long predictedBytes) {

  /** By what share of the written bytes the prediction was off. */
  double predictionError() {
    return Math.abs((double) predictedBytes / fileBytes - 1);
  }

  String heading() {
    return String.format(
        Locale.ROOT, "network %d: test accuracy %.1f %%", cell, 100 * trainedAccuracy);
  }
}
