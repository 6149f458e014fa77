package org.finchnas.cli;

import org.finchnas.data.ImageSet;
import org.finchnas.evaluation.Predictions;
import org.finchnas.evaluation.Predictor;
import org.finchnas.searchspace.network.TrainedNetwork;
import org.finchnas.worker.graph.Dl4jPredictor;

/** The share of test images that a network classifies correctly; reported, never searched by. */
final class TestAccuracy {

  private static final int BATCH = 100;

  private TestAccuracy() {}

  static double of(TrainedNetwork network, ImageSet images) {
    int bytes = images.channels() * images.height() * images.width();
    int correct = 0;
    try (Predictor predictor = new Dl4jPredictor(network)) {
      for (int first = 0; first < images.size(); first += BATCH) {
        int count = Math.min(BATCH, images.size() - first);
        byte[] pixels = new byte[count * bytes];
        for (int i = 0; i < count; i++) {
          images.read(first + i, pixels, i * bytes);
        }
        Predictions predictions = predictor.predict(pixels, count);
        for (int i = 0; i < count; i++) {
          correct += predictions.topClass(i) == images.label(first + i) ? 1 : 0;
        }
      }
    }
    return (double) correct / images.size();
  }
}
