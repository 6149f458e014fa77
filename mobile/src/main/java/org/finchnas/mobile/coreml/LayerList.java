package org.finchnas.mobile.coreml;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.finchnas.mobile.coreml.proto.NeuralNetworkMessages.Activation;
import org.finchnas.mobile.coreml.proto.NeuralNetworkMessages.Layer;
import org.finchnas.mobile.coreml.proto.NeuralNetworkMessages.Softmax;

/** Collects the layers of a Core ML neural network, in the order they are added. */
final class LayerList {

  private final List<Layer> layers = new ArrayList<>();

  /** Adds a layer of one output; its name is that of the output, which is also the answer. */
  String add(String name, List<String> inputs, Layer.Builder kind) {
    layers.add(kind.setName(name).addAllInput(inputs).addOutput(name).build());
    return name;
  }

  /** Like {@link #add}, where an input that comes again is replaced by a copy of its own name. */
  String addOfMany(String name, List<String> inputs, Layer.Builder kind) {
    Set<String> distinct = new LinkedHashSet<>();
    for (String input : inputs) {
      distinct.add(distinct.contains(input) ? copy(name + ":" + distinct.size(), input) : input);
    }
    return add(name, List.copyOf(distinct), kind);
  }

  private String copy(String name, String input) {
    return linear(name, input, 1);
  }

  /** {@code factor * x}. */
  String linear(String name, String input, float factor) {
    return add(
        name,
        List.of(input),
        Layer.newBuilder()
            .setActivation(
                Activation.newBuilder()
                    .setLinear(Activation.AlphaBeta.newBuilder().setAlpha(factor))));
  }

  void softmax(String name, String input) {
    String unused =
        add(name, List.of(input), Layer.newBuilder().setSoftmax(Softmax.getDefaultInstance()));
  }

  List<Layer> built() {
    return List.copyOf(layers);
  }
}
