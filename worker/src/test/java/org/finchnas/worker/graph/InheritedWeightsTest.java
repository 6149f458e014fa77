package org.finchnas.worker.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.finchnas.evaluation.TrainingParams;
import org.finchnas.searchspace.Architecture;
import org.finchnas.searchspace.network.Network;
import org.finchnas.searchspace.network.Node;
import org.finchnas.searchspace.network.Normalization;
import org.finchnas.searchspace.network.Shape;
import org.finchnas.searchspace.network.Tensor;
import org.finchnas.searchspace.network.TrainedNetwork;
import org.finchnas.searchspace.network.Weight;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

class InheritedWeightsTest {

  private static final String PARENT =
      "n=1,f=4:normal=sep_conv_3x3@0+skip_connect@1,conv_1x1@2+max_pool_3x3@0"
          + ":reduction=max_pool_3x3@0+conv_1x1@1";
  private static final String CHILD = PARENT.replace("conv_1x1@2", "sep_conv_5x5@2");
  private static final String WIDER = PARENT.replace("f=4", "f=6");
  private static final Shape IMAGE = new Shape(3, 8, 8);
  private static final Normalization NORMALIZATION =
      new Normalization(List.of(0f, 0f, 0f), List.of(1f, 1f, 1f));
  private static final List<String> LABELS = List.of("a", "b", "c");

  @Test
  void theSameArchitectureInheritsEverything() {
    TrainedNetwork parent = trained(PARENT, 1);
    try (TrainableGraph child = graph(PARENT, 2)) {
      assertThat(GraphWeights.inherit(child, parent)).isEqualTo(child.network().params());
      assertThat(values(extract(child))).isEqualTo(values(parent));
    }
  }

  @Test
  void equalLayersAreTakenOverBitForBitAndTheRestStartsFresh() {
    TrainedNetwork parent = trained(PARENT, 1);
    Map<String, List<Float>> inherited = values(parent);
    Map<String, List<Float>> fresh = values(trained(CHILD, 2));
    try (TrainableGraph child = graph(CHILD, 2)) {
      long params = GraphWeights.inherit(child, parent);

      Map<String, List<Float>> now = values(extract(child));
      Network network = child.network();
      long counted = 0;
      for (Node node : network.nodes()) {
        boolean isNew = node.name().contains("sep_conv_5x5");
        for (Weight weight : network.weights(node)) {
          String name = node.name() + "/" + weight.name();
          assertThat(now.get(name)).as(name).isEqualTo((isNew ? fresh : inherited).get(name));
          counted += !isNew && weight.trainable() ? weight.elements() : 0;
        }
      }
      assertThat(params).isEqualTo(counted).isLessThan(network.params());
    }
  }

  @Test
  void batchStatisticsTravelToo() {
    TrainedNetwork parent = trained(PARENT, 1);
    try (TrainableGraph child = graph(CHILD, 2)) {
      GraphWeights.inherit(child, parent);
      assertThat(values(extract(child)).get("stem/batch_norm/mean"))
          .isEqualTo(values(parent).get("stem/batch_norm/mean"))
          .isNotEqualTo(values(trained(CHILD, 2)).get("stem/batch_norm/mean"));
    }
  }

  @Test
  void layersOfOtherShapesAreNotTouched() {
    TrainedNetwork parent = trained(PARENT, 1);
    Map<String, List<Float>> fresh = values(trained(WIDER, 2));
    try (TrainableGraph wider = graph(WIDER, 2)) {
      // Not even the classifier's bias, whose shape is the same: it belongs to its weights.
      assertThat(GraphWeights.inherit(wider, parent)).isZero();
      assertThat(values(extract(wider))).isEqualTo(fresh);
    }
  }

  private static TrainableGraph graph(String notation, long seed) {
    Network network = Architecture.parse(notation).assemble(IMAGE, LABELS.size());
    TrainableGraph graph =
        GraphBuilder.build(network, DataType.FLOAT, seed, TrainingParams.DEFAULT);
    // So that batch statistics and scales differ from their first values, by the seed.
    Nd4j.getRandom().setSeed(seed);
    graph.parameters().addi(Nd4j.rand(graph.parameters().shape()).muli(0.1));
    return graph;
  }

  private static TrainedNetwork trained(String notation, long seed) {
    try (TrainableGraph graph = graph(notation, seed)) {
      return extract(graph);
    }
  }

  private static TrainedNetwork extract(TrainableGraph graph) {
    return GraphWeights.extract(graph, NORMALIZATION, LABELS);
  }

  private static Map<String, List<Float>> values(TrainedNetwork network) {
    return network.weights().entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> floats(entry.getValue())));
  }

  private static List<Float> floats(Tensor tensor) {
    List<Float> floats = new ArrayList<>();
    for (float value : tensor.values()) {
      floats.add(value);
    }
    return floats;
  }
}
