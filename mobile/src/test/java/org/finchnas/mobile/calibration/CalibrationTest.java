package org.finchnas.mobile.calibration;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.finchnas.mobile.TestNetworks;
import org.finchnas.mobile.graph.GraphNode;
import org.finchnas.mobile.graph.InferenceGraph;
import org.finchnas.mobile.quantization.ActivationRange;
import org.finchnas.mobile.quantization.ActivationRanges;
import org.finchnas.mobile.verification.ReferenceValues;
import org.finchnas.mobile.verification.VerificationImages;
import org.finchnas.searchspace.network.Layer;
import org.finchnas.searchspace.network.Network;
import org.finchnas.searchspace.network.NetworkBuilder;
import org.finchnas.searchspace.network.Node;
import org.finchnas.searchspace.network.Shape;
import org.finchnas.searchspace.network.Tensor;
import org.finchnas.searchspace.network.TrainedNetwork;
import org.finchnas.searchspace.network.Window;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CalibrationTest {

  private static final VerificationImages IMAGES = TestNetworks.images(TestNetworks.ODD, 7, 3);

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2})
  void everyNodeHasTheRangeOfItsValues(long seed) {
    TrainedNetwork trained = TestNetworks.trained(TestNetworks.everyLayer(TestNetworks.ODD), seed);
    InferenceGraph graph = InferenceGraph.of(trained);
    Map<String, List<double[]>> values = valuesAtInference(trained, graph);
    ActivationRanges ranges = Calibration.on(IMAGES).ranges(graph);
    for (int i = 1; i < graph.nodes().size(); i++) {
      String name = graph.nodes().get(i).name();
      String node = i == 1 ? trained.network().nodes().get(0).name() : name;
      assertIsRangeOf(name, ranges.range(i), requireNonNull(values.get(node)));
    }
  }

  /** By graph node: a norm that is no node of the graph is folded into what it reads. */
  private static Map<String, List<double[]>> valuesAtInference(
      TrainedNetwork trained, InferenceGraph graph) {
    Map<String, List<double[]>> values = ReferenceValues.of(trained, IMAGES);
    List<String> left = graph.nodes().stream().map(GraphNode::name).toList();
    List<Node> nodes = trained.network().nodes();
    for (Node node : nodes) {
      if (node.layer() instanceof Layer.BatchNorm && !left.contains(node.name())) {
        Node read = nodes.get(node.inputs().get(0));
        while (read.layer() instanceof Layer.Dropout || read.layer() instanceof Layer.DropPath) {
          read = nodes.get(read.inputs().get(0));
        }
        values.put(read.name(), requireNonNull(values.get(node.name())));
      }
    }
    return values;
  }

  private static void assertIsRangeOf(String name, ActivationRange range, List<double[]> values) {
    double low = all(values).min().orElseThrow();
    double high = all(values).max().orElseThrow();
    double tolerance = 1e-5 * Math.max(Math.abs(low), Math.abs(high));
    assertThat((double) range.low()).as(name).isCloseTo(low, within(tolerance));
    assertThat((double) range.high()).as(name).isCloseTo(high, within(tolerance));
  }

  private static DoubleStream all(List<double[]> values) {
    return values.stream().flatMapToDouble(Arrays::stream);
  }

  @Test
  void sumsOfThreeAndMoreHaveRangesOnTheWay() {
    TrainedNetwork trained = TestNetworks.trained(TestNetworks.everyLayer(TestNetworks.ODD), 4);
    InferenceGraph graph = InferenceGraph.of(trained);
    ActivationRanges ranges = Calibration.on(IMAGES).ranges(graph);
    Map<String, List<double[]>> values = valuesAtInference(trained, graph);
    int sum = index(graph, "sum");
    List<List<double[]>> inputs =
        graph.nodes().get(sum).inputs().stream()
            .map(input -> requireNonNull(values.get(graph.nodes().get(input).name())))
            .toList();
    assertThat(inputs).hasSize(4);
    for (int count = 2; count <= 4; count++) {
      assertIsRangeOf("sum of " + count, ranges.partialSum(sum, count), sum(inputs, count));
    }
    assertThat(ranges.partialSum(sum, 4)).isEqualTo(ranges.range(sum));
    assertThatThrownBy(() -> ranges.partialSum(sum - 1, 2)).hasMessageContaining("does not add");
  }

  private static List<double[]> sum(List<List<double[]>> inputs, int count) {
    return IntStream.range(0, IMAGES.count())
        .mapToObj(
            image ->
                IntStream.range(0, inputs.get(0).get(image).length)
                    .mapToDouble(
                        i ->
                            inputs.subList(0, count).stream()
                                .mapToDouble(x -> x.get(image)[i])
                                .sum())
                    .toArray())
        .toList();
  }

  private static int index(InferenceGraph graph, String name) {
    return graph.nodes().stream().map(GraphNode::name).toList().indexOf(name);
  }

  @Test
  void imagesHaveTheRangeOfTheirPixels() {
    InferenceGraph graph = InferenceGraph.of(pointwise(1));
    assertThat(
            Calibration.on(new VerificationImages(new byte[12], 1, List.of()))
                .ranges(graph)
                .range(0))
        .isEqualTo(new ActivationRange(0, 255));
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, 1e38f})
  void whatIsNotFiniteHasNoRange(float weight) {
    InferenceGraph graph = InferenceGraph.of(pointwise(weight));
    byte[] pixels = new byte[12];
    Arrays.fill(pixels, (byte) 200);
    assertThatThrownBy(
            () -> Calibration.on(new VerificationImages(pixels, 1, List.of())).ranges(graph))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("conv computes values from");
  }

  @Test
  void imagesOfAnotherSizeAreRefused() {
    InferenceGraph graph = InferenceGraph.of(pointwise(1));
    assertThatThrownBy(() -> Calibration.on(IMAGES).ranges(graph))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("An image of 3x2x2 has 12 bytes, not 2430.");
  }

  private static TrainedNetwork pointwise(float weight) {
    NetworkBuilder builder = new NetworkBuilder("test", new Shape(3, 2, 2));
    int conv =
        builder.add(
            "conv", new Layer.Convolution(4, Window.square(1, 1, 0), 1, true), builder.input());
    Network network = builder.build(builder.add("pool", new Layer.GlobalAveragePooling(), conv));
    TrainedNetwork trained = TestNetworks.trained(network, 1);
    Map<String, Tensor> weights =
        trained.weights().entrySet().stream()
            .collect(
                Collectors.toMap(
                    Map.Entry::getKey, entry -> filled(entry.getValue().shape(), weight)));
    return new TrainedNetwork(network, weights, trained.normalization(), trained.labels());
  }

  private static Tensor filled(List<Integer> shape, float value) {
    float[] values = new float[shape.stream().reduce(1, (a, b) -> a * b)];
    Arrays.fill(values, value);
    return new Tensor(shape, values);
  }

  /** Two equal ranges would save an operator that trained networks need. */
  @Test
  void noTwoNodesOfAnUntrainedNetworkHaveOneRange() {
    TrainedNetwork trained = TestNetworks.trained(TestNetworks.everyLayer(TestNetworks.ODD), 1);
    InferenceGraph graph = InferenceGraph.of(trained);
    ActivationRanges ranges = Calibration.untrained().ranges(graph);
    assertThat(graph.nodes()).hasSizeGreaterThan(30);
    assertThat(ranges.ranges().stream().map(steps -> steps.get(0))).doesNotHaveDuplicates();
  }
}
