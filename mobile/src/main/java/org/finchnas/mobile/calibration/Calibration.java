package org.finchnas.mobile.calibration;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.finchnas.mobile.graph.GraphNode;
import org.finchnas.mobile.graph.InferenceGraph;
import org.finchnas.mobile.quantization.ActivationRange;
import org.finchnas.mobile.quantization.ActivationRanges;
import org.finchnas.mobile.verification.VerificationImages;

/** Where the ranges of a network's values come from. */
@FunctionalInterface
public interface Calibration {

  /**
   * The ranges of all values.
   *
   * @throws IllegalArgumentException if they cannot be told
   */
  ActivationRanges ranges(InferenceGraph graph);

  /**
   * Measured on images, in single precision: the smallest and the largest value of each node. The
   * image itself always has the range 0…255. It refuses a node whose value is not a finite number
   * for one of the images, and images of another size than the graph's.
   *
   * @param images of the training images, never of those the file is verified on
   */
  static Calibration on(VerificationImages images) {
    return graph -> RangeMeasurement.measure(graph, images);
  }

  /** For networks without weights: no two nodes have the same range, as in trained networks. */
  static Calibration untrained() {
    return graph -> {
      List<List<ActivationRange>> ranges = new ArrayList<>();
      for (GraphNode node : graph.nodes()) {
        float high = 1 + ranges.size() / 1024f;
        ranges.add(
            Collections.nCopies(ActivationRanges.steps(node), new ActivationRange(-high, high)));
      }
      return new ActivationRanges(graph, ranges);
    };
  }
}
