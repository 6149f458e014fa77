package org.finchnas.mobile.verification;

import java.util.ArrayList;
import java.util.List;
import org.finchnas.evaluation.Predictions;
import org.finchnas.evaluation.Predictor;
import org.finchnas.searchspace.network.Network;
import org.finchnas.searchspace.network.Node;
import org.finchnas.searchspace.network.Normalization;
import org.finchnas.searchspace.network.Shape;
import org.finchnas.searchspace.network.TrainedNetwork;

/**
 * Evaluates a network layer by layer in double precision with plain loops. It shares no code with
 * the exporters, so that agreement means something; it is some hundred times slower than a runtime.
 */
public final class ReferencePredictor implements Predictor {

  private final TrainedNetwork trained;

  public ReferencePredictor(TrainedNetwork trained) {
    this.trained = trained;
  }

  @Override
  public Predictions predict(byte[] pixels, int count) {
    int size = Math.toIntExact(trained.network().input().elements());
    if (pixels.length != (long) count * size) {
      throw new IllegalArgumentException(
          "%d images of %s are %d bytes, not %d."
              .formatted(count, trained.network().input(), (long) count * size, pixels.length));
    }
    float[][] logits = new float[count][];
    for (int i = 0; i < count; i++) {
      logits[i] = logits(pixels, i * size);
    }
    return Predictions.ofLogits(logits);
  }

  private float[] logits(byte[] pixels, int offset) {
    List<double[]> values = values(pixels, offset);
    double[] last = values.get(values.size() - 1);
    float[] logits = new float[last.length];
    for (int c = 0; c < last.length; c++) {
      logits[c] = (float) last[c];
    }
    return logits;
  }

  /** What each node of the network computes for one image; the first is the normalised image. */
  List<double[]> values(byte[] pixels, int offset) {
    Network network = trained.network();
    List<double[]> values = new ArrayList<>();
    values.add(normalized(pixels, offset));
    for (Node node : network.nodes().subList(1, network.nodes().size())) {
      List<double[]> inputs = node.inputs().stream().map(values::get).toList();
      values.add(node.layer().match(new ReferenceLayers(trained, node, inputs)));
    }
    return values;
  }

  private double[] normalized(byte[] pixels, int offset) {
    Shape shape = trained.network().input();
    Normalization normalization = trained.normalization();
    int area = shape.height() * shape.width();
    double[] image = new double[Math.toIntExact(shape.elements())];
    for (int i = 0; i < image.length; i++) {
      double pixel = Byte.toUnsignedInt(pixels[offset + i]);
      image[i] =
          (pixel - normalization.mean().get(i / area)) / normalization.deviation().get(i / area);
    }
    return image;
  }

  @Override
  public void close() {}
}
