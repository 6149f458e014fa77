package org.finchnas.worker.graph;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.finchnas.searchspace.network.ActivationFunction;
import org.finchnas.searchspace.network.Node;
import org.finchnas.searchspace.network.Shape;
import org.finchnas.searchspace.network.Weight;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Computes one node of a network, forward and backward, on arrays {@code [batch, height, width,
 * channels]}.
 */
abstract class Kernel {

  private final Place place;
  private final Buffer output;
  private final Map<String, INDArray> weights = new LinkedHashMap<>();
  private final Map<String, INDArray> gradients = new LinkedHashMap<>();

  /**
   * Where a kernel stands: what it needs to know of the network and of the training.
   *
   * @param activation what the kernel applies to its own output, if anything
   * @param last whether the output are the logits, for the graph one row an image
   */
  record Place(
      Node node,
      List<Shape> inputs,
      List<Weight> weights,
      GraphMemory memory,
      TrainingProgress progress,
      @Nullable ActivationFunction activation,
      boolean last) {

    Shape input() {
      return inputs.get(0);
    }

    /** Whether the first input are the images, whose gradient nobody reads. */
    boolean readsImages() {
      return node.inputs().get(0) == 0;
    }

    Buffer buffer(Shape shape) {
      return new Buffer(memory, shape.height(), shape.width(), shape.channels());
    }
  }

  /** The gradients that a kernel hands to its inputs. */
  interface Backward {
    /** An array for the gradient of an input, to be filled. */
    INDArray gradientOf(int input);

    /** The node's own gradient as that of an input; a copy only where it must be one. */
    INDArray passOn(int input);

    /** The node's own gradient if it may be overwritten, otherwise {@link #gradientOf}. */
    INDArray overwrite(int input);
  }

  Kernel(Place place) {
    this.place = place;
    this.output = place.buffer(place.node().shape());
  }

  final Place place() {
    return place;
  }

  /** The array for the output; one of the inputs where the kernel changes nothing. */
  INDArray output(INDArray[] inputs, boolean training) {
    return output.forBatch(inputs[0].size(0));
  }

  final void bindWeight(String name, INDArray view) {
    weights.put(name, view);
  }

  final void bindGradient(String name, INDArray view) {
    gradients.put(name, view);
  }

  final Map<String, INDArray> weights() {
    return weights;
  }

  final INDArray weight(String name) {
    return Objects.requireNonNull(weights.get(name), name);
  }

  final INDArray gradient(String name) {
    return Objects.requireNonNull(gradients.get(name), name);
  }

  final @Nullable INDArray weightOrNull(String name) {
    return weights.get(name);
  }

  final @Nullable INDArray gradientOrNull(String name) {
    return gradients.get(name);
  }

  /** Fills {@code output}. */
  abstract void forward(INDArray[] inputs, INDArray output, boolean training);

  /**
   * Fills the gradients of the weights.
   *
   * @param epsilon gradient of the output
   * @return the gradients of the inputs, made by {@code backward}
   */
  abstract INDArray[] backward(
      INDArray[] inputs, INDArray output, INDArray epsilon, Backward backward);
}
