package org.finchnas.mobile.quantization;

import java.util.List;
import org.finchnas.mobile.graph.Fusion;
import org.finchnas.mobile.graph.GraphNode;
import org.finchnas.mobile.graph.GraphOp;
import org.finchnas.mobile.graph.InferenceGraph;
import org.finchnas.searchspace.network.ActivationFunction;
import org.finchnas.searchspace.network.PoolingKind;

/**
 * What the bytes of each node stand for: the range its value had in calibration, but
 *
 * <ul>
 *   <li>what only a concatenation reads takes its range, because TensorFlow Lite concatenates bytes
 *       of one scale only: the operator before scales at no cost;
 *   <li>no range is so narrow beside what is computed of it, or it is computed of, that XNNPACK
 *       refuses the quotient of the scales. This matters for branches that are almost dead.
 * </ul>
 */
public final class ByteRanges {

  /** XNNPACK takes quotients of scales from 2^-8 to 2^7; products 2^-16 to 2^8. */
  private static final double WIDEST_QUOTIENT = 100;

  private final InferenceGraph graph;
  private final ActivationRanges measured;
  private final Fusion fusion;
  private final ActivationRange[] ranges;

  /** Whether a node's range is that of a concatenation behind it. */
  private final boolean[] given;

  public ByteRanges(ActivationRanges measured, Fusion fusion) {
    this.graph = measured.graph();
    this.measured = measured;
    this.fusion = fusion;
    this.ranges = new ActivationRange[graph.nodes().size()];
    this.given = new boolean[ranges.length];
    for (int i = 0; i < ranges.length; i++) {
      ActivationRange range = measured.range(i);
      ranges[i] = new ActivationRange(Math.min(0, range.low()), Math.max(0, range.high()));
    }
    for (int i = ranges.length - 1; i >= 0; i--) {
      agreeWithReader(i);
    }
    for (int i = 0; i < ranges.length; i++) {
      agreeWithInputs(i);
    }
  }

  /** What the bytes of a node's value stand for. */
  public Quantization quantization(int node) {
    return graph.nodes().get(node).op() instanceof GraphOp.Activation activation
            && activation.function() == ActivationFunction.HARD_SIGMOID
        ? HARD_SIGMOID
        : Quantization.of(ranges[node]);
  }

  /** Its values from 0 to 1, both exact. */
  public static final Quantization HARD_SIGMOID =
      new Quantization(1f / Quantization.STEPS, Byte.MIN_VALUE);

  /** What the bytes of the sum of a node's first inputs stand for. */
  public Quantization partialSum(int node, int inputs) {
    double width = width(ranges[fusion.valueOf(node)]) / WIDEST_QUOTIENT;
    return Quantization.of(widened(measured.partialSum(node, inputs), width));
  }

  /** Goes from the last node to the first: the ranges of all readers are known. */
  private void agreeWithReader(int node) {
    GraphOp reader = graph.nodes().get(node).op();
    boolean joins = reader instanceof GraphOp.Concat;
    for (int input : graph.nodes().get(node).inputs()) {
      if ((joins || (keepsRange(reader) && given[node]))
          && fusion.readers(input) == 1
          && canTakeAnyRange(input)) {
        ranges[input] = ranges[node];
        given[input] = true;
      }
      if (joins || reader instanceof GraphOp.Add || keepsRange(reader)) {
        double width = width(ranges[fusion.valueOf(node)]) / WIDEST_QUOTIENT;
        ranges[input] = widened(ranges[input], width);
      }
    }
  }

  /** Goes from the first node to the last: the ranges of all inputs are known. */
  private void agreeWithInputs(int node) {
    GraphNode computed = graph.nodes().get(node);
    List<Integer> inputs = computed.inputs();
    if (keepsRange(computed.op())) {
      ranges[node] = ranges[inputs.get(0)];
    } else if (computed.op() instanceof GraphOp.Multiply) {
      double product = width(ranges[inputs.get(0)]) * width(ranges[inputs.get(1)]);
      widenTo(node, product / (Quantization.STEPS * WIDEST_QUOTIENT));
    } else if (computed.op() instanceof GraphOp.Add
        || (computed.op() instanceof GraphOp.Activation && !fusion.isFused(node))) {
      inputs.forEach(input -> widenTo(node, width(ranges[input]) / WIDEST_QUOTIENT));
    }
  }

  private void widenTo(int node, double width) {
    int value = fusion.valueOf(node);
    ranges[value] = widened(ranges[value], width);
  }

  /** TensorFlow Lite keeps the scale through what only moves or chooses values. */
  public static boolean keepsRange(GraphOp op) {
    return (op instanceof GraphOp.Pooling pooling && pooling.kind() == PoolingKind.MAX)
        || op instanceof GraphOp.Shift
        || op instanceof GraphOp.ChannelShuffle;
  }

  /** A ReLU by saturation needs 0 as its lowest byte, and sigmoids have the scale they have. */
  private boolean canTakeAnyRange(int node) {
    GraphOp op = graph.nodes().get(node).op();
    if (op instanceof GraphOp.Activation activation) {
      boolean linear =
          switch (activation.function()) {
            case RELU, RELU6, SIGMOID, HARD_SIGMOID -> false;
            case LEAKY_RELU, SWISH, HARD_SWISH -> true;
          };
      return linear || fusion.isFused(node);
    }
    return !(op instanceof GraphOp.Input);
  }

  private static double width(ActivationRange range) {
    return (double) range.high() - range.low();
  }

  private static ActivationRange widened(ActivationRange range, double width) {
    double now = width(range);
    if (now >= width) {
      return range;
    }
    // At its high end: the low end of what saturates at 0 stays 0.
    return new ActivationRange(range.low(), (float) (range.high() + width - now));
  }
}
