package org.finchnas.searchspace.network;

import java.util.ArrayList;
import java.util.List;

/** Builds a network node by node; what does not reach the output is dropped. */
public final class NetworkBuilder {

  private final String name;
  private final List<Node> nodes = new ArrayList<>();

  public NetworkBuilder(String name, Shape input) {
    this.name = name;
    nodes.add(new Node(0, "input", new Layer.Input(input), List.of(), input));
  }

  /** The index of the input node. */
  public int input() {
    return 0;
  }

  public Shape shape(int node) {
    return nodes.get(node).shape();
  }

  /**
   * Adds a layer that reads the given nodes.
   *
   * @return its index
   * @throws IllegalArgumentException if the layer cannot take such inputs; names the node
   */
  public int add(String nodeName, Layer layer, int... inputs) {
    List<Integer> sources = new ArrayList<>();
    List<Shape> shapes = new ArrayList<>();
    for (int input : inputs) {
      sources.add(input);
      shapes.add(shape(input));
    }
    try {
      nodes.add(new Node(nodes.size(), nodeName, layer, sources, layer.outputShape(shapes)));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("%s, %s: %s".formatted(name, nodeName, e.getMessage()), e);
    }
    return nodes.size() - 1;
  }

  /** The network that ends in {@code output}, without the nodes that do not reach it. */
  public Network build(int output) {
    boolean[] live = new boolean[output + 1];
    live[0] = true;
    live[output] = true;
    for (int i = output; i > 0; i--) {
      if (live[i]) {
        for (int input : nodes.get(i).inputs()) {
          live[input] = true;
        }
      }
    }
    int[] position = new int[output + 1];
    List<Node> kept = new ArrayList<>();
    for (int i = 0; i <= output; i++) {
      if (live[i]) {
        Node node = nodes.get(i);
        position[i] = kept.size();
        List<Integer> inputs = new ArrayList<>(node.inputs().size());
        for (int input : node.inputs()) {
          inputs.add(position[input]);
        }
        kept.add(new Node(kept.size(), node.name(), node.layer(), inputs, node.shape()));
      }
    }
    return new Network(name, kept);
  }
}
