package org.finchnas.mobile.latency.calibration;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.finchnas.mobile.ExportFormat;
import org.finchnas.mobile.ExportRequest;
import org.finchnas.mobile.ModelCard;
import org.finchnas.mobile.Precision;
import org.finchnas.mobile.calibration.Calibration;
import org.finchnas.mobile.tflite.TfliteExporter;
import org.finchnas.searchspace.network.Network;
import org.finchnas.searchspace.network.Node;
import org.finchnas.searchspace.network.Normalization;
import org.finchnas.searchspace.network.Tensor;
import org.finchnas.searchspace.network.TrainedNetwork;
import org.finchnas.searchspace.network.Weight;

/** Files of networks that are only there to be timed: their weights are random. */
public final class CalibrationModel {

  private CalibrationModel() {}

  /** Writes a network as a TFLite file in single precision. */
  public static void write(Network network, String version, Path file) throws IOException {
    ModelCard card = new ModelCard(network.name(), network.name(), "none", version);
    ExportRequest request =
        new ExportRequest(
            weighted(network),
            card,
            ExportFormat.TFLITE,
            Precision.FP32,
            Calibration.untrained(),
            file);
    new TfliteExporter().encode(request).write(file);
  }

  /** Values of about 1 stay about 1, so that no arithmetic is slowed down by tiny numbers. */
  private static TrainedNetwork weighted(Network network) {
    SplittableRandom random = new SplittableRandom(1);
    Map<String, Tensor> weights = new TreeMap<>();
    for (Node node : network.nodes()) {
      for (Weight weight : network.weights(node)) {
        weights.put(node.name() + "/" + weight.name(), tensor(weight, random));
      }
    }
    int channels = network.input().channels();
    Normalization normalization =
        new Normalization(Collections.nCopies(channels, 128f), Collections.nCopies(channels, 64f));
    List<String> labels = new ArrayList<>();
    IntStream.range(0, network.classes()).forEach(i -> labels.add("class " + i));
    return new TrainedNetwork(network, weights, normalization, labels);
  }

  private static Tensor tensor(Weight weight, SplittableRandom random) {
    float[] values = new float[Math.toIntExact(weight.elements())];
    double fanIn = (double) values.length / weight.shape().get(0);
    boolean kernel = weight.name().equals("weights");
    for (int i = 0; i < values.length; i++) {
      double value =
          kernel ? random.nextGaussian() * Math.sqrt(2 / fanIn) : random.nextDouble(0.5, 1.5);
      values[i] = (float) value;
    }
    return new Tensor(weight.shape(), values);
  }
}
