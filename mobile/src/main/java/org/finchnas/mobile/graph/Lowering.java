package org.finchnas.mobile.graph;

import java.util.ArrayList;
import java.util.List;
import org.finchnas.searchspace.network.Layer;
import org.finchnas.searchspace.network.Node;
import org.finchnas.searchspace.network.Shape;
import org.finchnas.searchspace.network.Tensor;
import org.finchnas.searchspace.network.TrainedNetwork;

/** Turns the nodes of one trained network into those of its inference graph. */
final class Lowering {

  private final TrainedNetwork trained;
  private final List<GraphNode> lowered = new ArrayList<>();

  /** For each node of the network the node of the graph that holds its value. */
  private final int[] position;

  /** For each node of the network itself, or the node whose value it passes on at inference. */
  private final int[] source;

  /** For each node of the network how many nodes read its value at inference. */
  private final int[] readers;

  Lowering(TrainedNetwork trained) {
    this.trained = trained;
    this.position = new int[trained.network().nodes().size()];
    this.source = new int[position.length];
    this.readers = new int[position.length];
    trained.network().nodes().forEach(this::countReads);
  }

  private void countReads(Node node) {
    if (node.layer() instanceof Layer.Dropout || node.layer() instanceof Layer.DropPath) {
      source[node.index()] = source[node.inputs().get(0)];
    } else {
      source[node.index()] = node.index();
      node.inputs().forEach(input -> readers[source[input]]++);
    }
  }

  InferenceGraph graph() {
    for (Node node : trained.network().nodes()) {
      position[node.index()] = node.layer().match(new NodeLowering(node));
    }
    return new InferenceGraph(trained.network().name(), lowered, trained.labels());
  }

  private int append(String name, GraphOp op, List<Integer> inputs, Shape shape) {
    lowered.add(new GraphNode(name, op, inputs, shape));
    return lowered.size() - 1;
  }

  /** Lowers one node; each case answers with the position of its value. */
  private final class NodeLowering implements Layer.Cases<Integer> {
    private final Node node;

    NodeLowering(Node node) {
      this.node = node;
    }

    private Integer same(GraphOp op) {
      List<Integer> inputs = node.inputs().stream().map(input -> position[input]).toList();
      return append(node.name(), op, inputs, node.shape());
    }

    private Tensor biasOrZeros(boolean bias, int channels) {
      return bias
          ? trained.weight(node, "bias")
          : new Tensor(List.of(channels), new float[channels]);
    }

    @Override
    public Integer input(Layer.Input layer) {
      int image = append(node.name(), new GraphOp.Input(), List.of(), node.shape());
      ChannelScale normalization = ChannelScale.of(trained.normalization());
      return append(
          node.name() + "/normalized", normalization.affine(), List.of(image), node.shape());
    }

    @Override
    public Integer convolution(Layer.Convolution layer) {
      Tensor bias = biasOrZeros(layer.bias(), layer.filters());
      Tensor weights = trained.weight(node, "weights");
      return same(new GraphOp.Convolution(layer.window(), layer.groups(), weights, bias));
    }

    @Override
    public Integer transposedConvolution(Layer.TransposedConvolution layer) {
      throw new IllegalArgumentException(
          "%s: networks that enlarge maps, such as u-net, cannot be exported."
              .formatted(node.name()));
    }

    @Override
    public Integer batchNorm(Layer.BatchNorm layer) {
      ChannelScale scale = ChannelScale.of(trained, node, layer);
      int before = node.inputs().get(0);
      int place = position[before];
      GraphNode producer = lowered.get(place);
      if (producer.op() instanceof GraphOp.Convolution convolution
          && readers[source[before]] == 1) {
        GraphOp folded = scale.foldInto(convolution);
        lowered.set(
            place, new GraphNode(producer.name(), folded, producer.inputs(), producer.shape()));
        return place;
      }
      return same(scale.affine());
    }

    @Override
    public Integer activation(Layer.Activation layer) {
      return same(new GraphOp.Activation(layer.function()));
    }

    @Override
    public Integer pooling(Layer.Pooling layer) {
      return same(new GraphOp.Pooling(layer.kind(), layer.window()));
    }

    @Override
    public Integer globalAveragePooling(Layer.GlobalAveragePooling layer) {
      return same(new GraphOp.GlobalAveragePooling());
    }

    @Override
    public Integer dense(Layer.Dense layer) {
      Tensor bias = biasOrZeros(layer.bias(), layer.units());
      return same(new GraphOp.Dense(trained.weight(node, "weights"), bias));
    }

    @Override
    public Integer add(Layer.Add layer) {
      return same(new GraphOp.Add());
    }

    @Override
    public Integer multiply(Layer.Multiply layer) {
      return same(new GraphOp.Multiply());
    }

    @Override
    public Integer concat(Layer.Concat layer) {
      return same(new GraphOp.Concat());
    }

    @Override
    public Integer shift(Layer.Shift layer) {
      return same(new GraphOp.Shift());
    }

    @Override
    public Integer channelShuffle(Layer.ChannelShuffle layer) {
      return same(new GraphOp.ChannelShuffle(layer.groups()));
    }

    @Override
    public Integer dropout(Layer.Dropout layer) {
      return position[node.inputs().get(0)];
    }

    @Override
    public Integer dropPath(Layer.DropPath layer) {
      return position[node.inputs().get(0)];
    }
  }
}
