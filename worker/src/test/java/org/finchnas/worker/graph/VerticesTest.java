package org.finchnas.worker.graph;

import static org.assertj.core.api.Assertions.assertThat;

import org.finchnas.searchspace.network.ActivationFunction;
import org.finchnas.searchspace.network.Layer;
import org.finchnas.searchspace.network.Network;
import org.finchnas.searchspace.network.NetworkBuilder;
import org.finchnas.searchspace.network.Node;
import org.finchnas.searchspace.network.Shape;
import org.junit.jupiter.api.Test;

final class VerticesTest {

  private final Network network = Samples.residual();
  private final Vertices vertices = new Vertices(network);

  @Test
  void aReluThatAloneReadsABatchNormIsPartOfIt() {
    assertThat(vertices.nodes())
        .extracting(Node::name)
        .doesNotContain("stem/relu", "expand/relu6", "depthwise/relu6")
        .contains("last/relu");
    assertThat(vertices.activation(node("stem/norm"))).isEqualTo(ActivationFunction.RELU);
    assertThat(vertices.activation(node("expand/norm"))).isEqualTo(ActivationFunction.RELU6);
    assertThat(vertices.activation(node("project/norm"))).isNull();
    assertThat(vertices.inputs(node("expand"))).containsExactly("stem/norm");
    assertThat(vertices.inputs(node("sum"))).containsExactly("stem/norm", "project/norm");
  }

  @Test
  void equalLayersOfOneStateAreOneVertex() {
    assertThat(vertices.nodes())
        .extracting(Node::name)
        .contains("left/relu", "pool_1")
        .doesNotContain("right/relu", "pool_2");
    assertThat(vertices.inputs(node("right/conv"))).containsExactly("left/relu");
    assertThat(vertices.inputs(node("both")))
        .containsExactly("left/norm", "right/norm", "path_1", "path_2");
    assertThat(vertices.inputs(node("path_2"))).containsExactly("pool_1");
  }

  @Test
  void ofTwoClipsInARowTheBatchNormTakesTheFirst() {
    NetworkBuilder builder = new NetworkBuilder("clips", new Shape(3, 4, 4));
    int norm = builder.add("norm", new Layer.BatchNorm(1e-3, 0.9), 0);
    int low = builder.add("low", new Layer.Activation(ActivationFunction.RELU6), norm);
    int high = builder.add("high", new Layer.Activation(ActivationFunction.RELU), low);
    Network clips = builder.build(builder.add("logits", new Layer.Dense(2, true), high));
    Vertices ofClips = new Vertices(clips);
    assertThat(ofClips.nodes()).extracting(Node::name).containsExactly("norm", "high", "logits");
    assertThat(ofClips.activation(clips.nodes().get(norm))).isEqualTo(ActivationFunction.RELU6);
  }

  @Test
  void layersWithWeightsAndRandomOnesStandForThemselves() {
    assertThat(vertices.nodes()).extracting(Node::name).contains("path_1", "path_2");
    Network cells = Samples.cells();
    Vertices ofCells = new Vertices(cells);
    assertThat(ofCells.nodes())
        .extracting(Node::name)
        .contains("cell_1/path", "cell_2/path", "cell_1/left/conv", "cell_1/right/conv", "logits");
  }

  private Node node(String name) {
    return network.nodes().stream()
        .filter(node -> node.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
