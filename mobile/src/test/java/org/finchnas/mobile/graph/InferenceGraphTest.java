package org.finchnas.mobile.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.finchnas.mobile.TestNetworks;
import org.finchnas.searchspace.network.Layer;
import org.finchnas.searchspace.network.Network;
import org.finchnas.searchspace.network.NetworkBuilder;
import org.finchnas.searchspace.network.Shape;
import org.finchnas.searchspace.network.TrainedNetwork;
import org.finchnas.searchspace.network.Window;
import org.junit.jupiter.api.Test;

class InferenceGraphTest {

  private static final Shape IMAGE = new Shape(3, 6, 6);
  private static final Layer.BatchNorm NORM = new Layer.BatchNorm(1e-3, 0.9);
  private static final Layer CONVOLUTION =
      new Layer.Convolution(4, Window.same(IMAGE, 3, 1, 1), 1, true);

  private final NetworkBuilder builder = new NetworkBuilder("test", IMAGE);

  private InferenceGraph graph(int body) {
    return InferenceGraph.of(trained(body));
  }

  private TrainedNetwork trained(int body) {
    int pooled = builder.add("pooled", new Layer.GlobalAveragePooling(), body);
    return TestNetworks.trained(builder.build(pooled), 1);
  }

  private static List<String> kinds(InferenceGraph graph) {
    return graph.nodes().stream().map(node -> node.op().getClass().getSimpleName()).toList();
  }

  @Test
  void aNormAloneBehindAConvolutionIsFolded() {
    int conv = builder.add("conv", CONVOLUTION, builder.input());
    InferenceGraph graph = graph(builder.add("norm", NORM, conv));
    assertThat(kinds(graph))
        .containsExactly("Input", "Affine", "Convolution", "GlobalAveragePooling");
  }

  @Test
  void aFoldedConvolutionHasTheScaledWeightsAndBias() {
    int conv = builder.add("conv", CONVOLUTION, builder.input());
    TrainedNetwork trained = trained(builder.add("norm", NORM, conv));
    GraphOp.Convolution folded =
        (GraphOp.Convolution) InferenceGraph.of(trained).nodes().get(2).op();
    double scale = at(trained, "norm/gamma", 1) / Math.sqrt(at(trained, "norm/variance", 1) + 1e-3);
    assertThat((double) folded.weights().values()[27])
        .isCloseTo(at(trained, "conv/weights", 27) * scale, within(1e-6));
    assertThat((double) folded.bias().values()[1])
        .isCloseTo(
            (at(trained, "conv/bias", 1) - at(trained, "norm/mean", 1)) * scale
                + at(trained, "norm/beta", 1),
            within(1e-6));
  }

  private static double at(TrainedNetwork trained, String weight, int index) {
    String[] parts = weight.split("/", -1);
    return trained.network().nodes().stream()
        .filter(node -> node.name().equals(parts[0]))
        .map(node -> trained.weight(node, parts[1]).values()[index])
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aNormBehindASharedConvolutionStays() {
    int conv = builder.add("conv", CONVOLUTION, builder.input());
    int norm = builder.add("norm", NORM, conv);
    InferenceGraph graph = graph(builder.add("sum", new Layer.Add(), conv, norm));
    assertThat(kinds(graph))
        .containsExactly("Input", "Affine", "Convolution", "Affine", "Add", "GlobalAveragePooling");
  }

  @Test
  void aConvolutionThatIsSharedThroughDropoutIsShared() {
    int conv = builder.add("conv", CONVOLUTION, builder.input());
    int dropped = builder.add("dropped", new Layer.Dropout(0.5), conv);
    int norm = builder.add("norm", NORM, dropped);
    InferenceGraph graph = graph(builder.add("sum", new Layer.Add(), conv, norm));
    assertThat(kinds(graph)).containsSubsequence("Convolution", "Affine", "Add");
  }

  @Test
  void whatIsForTrainingOnlyGoesAndHidesNoNorm() {
    int conv = builder.add("conv", CONVOLUTION, builder.input());
    int dropped = builder.add("dropped", new Layer.Dropout(0.5), conv);
    int path = builder.add("path", new Layer.DropPath(0.5), dropped);
    InferenceGraph graph = graph(builder.add("norm", NORM, path));
    assertThat(kinds(graph))
        .containsExactly("Input", "Affine", "Convolution", "GlobalAveragePooling");
  }

  @Test
  void aNormWithSeveralReadersIsFoldedOnce() {
    int conv = builder.add("conv", CONVOLUTION, builder.input());
    int norm = builder.add("norm", NORM, conv);
    InferenceGraph graph = graph(builder.add("twice", new Layer.Add(), norm, norm));
    assertThat(kinds(graph))
        .containsExactly("Input", "Affine", "Convolution", "Add", "GlobalAveragePooling");
    assertThat(graph.nodes().get(3).inputs()).containsExactly(2, 2);
  }

  @Test
  void loweringLeavesTheTrainedWeightsAlone() {
    int conv = builder.add("conv", CONVOLUTION, builder.input());
    TrainedNetwork trained = trained(builder.add("norm", NORM, conv));
    double before = at(trained, "conv/weights", 0);
    InferenceGraph.of(trained);
    assertThat(at(trained, "conv/weights", 0)).isEqualTo(before);
  }

  @Test
  void aNetworkThatEndsInAMapIsNoClassifier() {
    Network map = builder.build(builder.add("conv", CONVOLUTION, builder.input()));
    assertThatThrownBy(() -> InferenceGraph.of(TestNetworks.trained(map, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("A classifier of 4 labels must end in 4x1x1 logits, but test ends in 4x6x6.");
  }
}
