package org.finchnas.mobile.onnx.graph;

import org.finchnas.searchspace.network.Tensor;

/** How one precision stores what was learned, and what becomes of values between nodes. */
interface OnnxNumbers {

  /** Names of two constants as the floats that a node reads. */
  record Constants(String weights, String bias) {}

  /**
   * Writes what a convolution or a dense layer multiplies by and adds.
   *
   * @param name of the node's value
   * @param node its index
   */
  Constants filter(OnnxGraph graph, String name, int node, Tensor weights, Tensor bias);

  /**
   * What others read of the value of a node.
   *
   * @param value its name as the node wrote it
   * @param node its index
   * @return the name of what is read
   */
  default String value(OnnxGraph graph, String value, int node) {
    return value;
  }

  /** The same for the sum of a node's first inputs. */
  default String partialSum(OnnxGraph graph, String sum, int node, int inputs) {
    return sum;
  }

  /** The same for a factor from 0 to 1 that a node computes on its way. */
  default String gate(OnnxGraph graph, String gate, int node) {
    return gate;
  }
}
