package org.finchnas.mobile.calibration;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.finchnas.mobile.graph.GraphNode;
import org.finchnas.mobile.graph.InferenceGraph;
import org.finchnas.mobile.onnx.runtime.NodeValues;
import org.finchnas.mobile.quantization.ActivationRange;
import org.finchnas.mobile.quantization.ActivationRanges;
import org.finchnas.mobile.verification.VerificationImages;

/** Measures the ranges of activations by running a network. */
final class RangeMeasurement {

  private static final ActivationRange PIXELS = new ActivationRange(0, 255);

  private RangeMeasurement() {}

  /**
   * The smallest and the largest value of each node over all images, computed in single precision.
   * The image itself always has the range 0…255.
   *
   * @throws IllegalArgumentException if a node's value is not a finite number for one of the
   *     images, or the images have another size than the graph's
   */
  static ActivationRanges measure(InferenceGraph graph, VerificationImages images) {
    List<Extremes[]> extremes = graph.nodes().stream().map(RangeMeasurement::none).toList();
    try (NodeValues values = new NodeValues(graph)) {
      for (int i = 0; i < images.count(); i++) {
        values.run(images.image(i), (node, step, value) -> extremes.get(node)[step].include(value));
      }
    }
    List<List<ActivationRange>> ranges = new ArrayList<>(List.of(List.of(PIXELS)));
    for (int node = 1; node < extremes.size(); node++) {
      String name = graph.nodes().get(node).name();
      ranges.add(Arrays.stream(extremes.get(node)).map(each -> each.range(name)).toList());
    }
    return new ActivationRanges(graph, ranges);
  }

  private static Extremes[] none(GraphNode node) {
    return Stream.generate(Extremes::new)
        .limit(ActivationRanges.steps(node))
        .toArray(Extremes[]::new);
  }

  /** The smallest and the largest of the values seen. */
  private static final class Extremes {
    private float low = Float.POSITIVE_INFINITY;
    private float high = Float.NEGATIVE_INFINITY;

    void include(FloatBuffer values) {
      while (values.hasRemaining()) {
        float value = values.get();
        low = Math.min(low, value);
        high = Math.max(high, value);
      }
    }

    ActivationRange range(String node) {
      // What is not a number stays so in minimum and maximum.
      if (!Float.isFinite(low) || !Float.isFinite(high)) {
        throw new IllegalArgumentException(
            "%s computes values from %s to %s: a network whose values are not all finite has no 8-bit form. Train it again."
                .formatted(node, low, high));
      }
      return new ActivationRange(low, high);
    }
  }
}
