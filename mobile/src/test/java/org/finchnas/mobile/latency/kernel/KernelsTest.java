package org.finchnas.mobile.latency.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.finchnas.mobile.TestNetworks;
import org.finchnas.mobile.graph.InferenceGraph;
import org.finchnas.mobile.tflite.graph.GraphWriter;
import org.finchnas.searchspace.Blueprint;
import org.finchnas.searchspace.CellSearchSpace;
import org.finchnas.searchspace.OperationSet;
import org.finchnas.searchspace.Stem;
import org.finchnas.searchspace.network.Network;
import org.finchnas.searchspace.network.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.lite.schema.BuiltinOperator;
import org.tensorflow.lite.schema.Model;
import org.tensorflow.lite.schema.Operator;
import org.tensorflow.lite.schema.SubGraph;
import org.tensorflow.lite.schema.Tensor;

class KernelsTest {

  private static final Shape IMAGE = new Shape(3, 32, 32);

  static Stream<Network> networks() {
    return Stream.concat(
        Stream.of(
            TestNetworks.everyLayer(TestNetworks.ODD),
            TestNetworks.everyLayer(new Shape(3, 19, 16)),
            TestNetworks.withoutDense(IMAGE),
            new Blueprint("mobilenet-v2@0.35", IMAGE, 7).assemble(),
            new Blueprint("squeezenet-1.1", new Shape(3, 64, 64), 7).assemble(),
            new Blueprint("shufflenet-g3@0.25", new Shape(3, 64, 64), 7).assemble()),
        IntStream.range(0, 8).mapToObj(KernelsTest::sampled));
  }

  private static Network sampled(int seed) {
    OperationSet operations = seed % 2 == 0 ? OperationSet.MOBILE : OperationSet.NASNET;
    return new CellSearchSpace(
            operations.operations(), 4, List.of(1), List.of(8), Stem.CIFAR, IMAGE.height())
        .sample(new SplittableRandom(seed))
        .assemble(IMAGE, 10);
  }

  /** The written file is the oracle: as many operators of each kind, as many values written. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("networks")
  void areTheOperatorsOfTheFile(Network network) {
    Map<String, String> ours = new TreeMap<>();
    Kernels.of(network, KernelForm.TFLITE_FILE)
        .forEach(kernel -> add(ours, family(kernel.kind()), kernel.outputs()));
    assertThat(ours).isEqualTo(operators(network));
  }

  private static void add(Map<String, String> counts, String family, long outputs) {
    counts.merge(family, "1 of " + outputs, KernelsTest::sum);
  }

  private static String sum(String a, String b) {
    String[] left = a.split(" of ");
    String[] right = b.split(" of ");
    return "%d of %d"
        .formatted(
            Long.parseLong(left[0]) + Long.parseLong(right[0]),
            Long.parseLong(left[1]) + Long.parseLong(right[1]));
  }

  private static String family(KernelKind kind) {
    return switch (kind) {
      case POINTWISE, CONVOLUTION_3X3, CONVOLUTION, GROUPED, DENSE -> "convolution";
      case DEPTHWISE, DEPTHWISE_LARGE, SCALE -> "depthwise";
      default -> kind.token();
    };
  }

  private static Map<String, String> operators(Network network) {
    byte[] file =
        GraphWriter.single(InferenceGraph.of(TestNetworks.trained(network, 1))).bytes("test");
    Model model = Model.getRootAsModel(ByteBuffer.wrap(file));
    SubGraph graph = model.subgraphs(0);
    Map<String, String> counts = new TreeMap<>();
    for (int i = 0; i < graph.operatorsLength(); i++) {
      Operator operator = graph.operators(i);
      int code = model.operatorCodes((int) operator.opcodeIndex()).builtinCode();
      if (code != BuiltinOperator.RESHAPE) {
        add(counts, family(code), elements(graph.tensors(operator.outputs(0))));
      }
    }
    return counts;
  }

  private static long elements(Tensor tensor) {
    long elements = 1;
    for (int i = 0; i < tensor.shapeLength(); i++) {
      elements *= tensor.shape(i);
    }
    return elements;
  }

  private static String family(int code) {
    return switch (code) {
      case BuiltinOperator.CONV_2D -> "convolution";
      case BuiltinOperator.DEPTHWISE_CONV_2D -> "depthwise";
      case BuiltinOperator.AVERAGE_POOL_2D -> "average_pooling";
      case BuiltinOperator.MAX_POOL_2D -> "max_pooling";
      case BuiltinOperator.MEAN -> "global_pooling";
      case BuiltinOperator.ADD, BuiltinOperator.MUL, BuiltinOperator.MAXIMUM -> "elementwise";
      case BuiltinOperator.RELU,
          BuiltinOperator.RELU6,
          BuiltinOperator.LEAKY_RELU,
          BuiltinOperator.HARD_SWISH ->
          "activation";
      case BuiltinOperator.LOGISTIC, BuiltinOperator.SOFTMAX -> "exponential";
      case BuiltinOperator.CONCATENATION -> "concat";
      case BuiltinOperator.PAD,
          BuiltinOperator.PADV2,
          BuiltinOperator.SLICE,
          BuiltinOperator.STRIDED_SLICE ->
          "copy";
      case BuiltinOperator.TRANSPOSE -> "shuffle";
      default -> throw new IllegalStateException("Operator " + code + " is of no kind.");
    };
  }

  /** The counts of networks, which are held to published ones elsewhere, are another code. */
  @ParameterizedTest
  @ValueSource(
      strings = {"mobilenet-v2", "resnet-50", "shufflenet-g3", "mnasnet-a1", "vgg-16", "darts-v2"})
  void haveTheMacsOfTheNetwork(String name) {
    Network network = Blueprint.of(name).assemble();
    long macs =
        Kernels.of(network, KernelForm.NETWORK).stream()
            .filter(kernel -> kernel.kind().hasMacs())
            .mapToLong(Kernel::macs)
            .sum();
    assertThat(macs).isEqualTo(network.macs());
  }

  @Test
  void refuseWhatCannotBeExported() {
    Network network = Blueprint.of("u-net").assemble();
    assertThatThrownBy(() -> Kernels.of(network, KernelForm.NETWORK))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("u-net");
  }

  @Test
  void fillWholeTiles() {
    Kernel kernel = new Kernel("k", KernelKind.POINTWISE, 16, 20, 10, 1, 160, 200);
    assertThat(Feature.MACS.of(kernel, Tile.ONE)).isEqualTo(16 * 20 * 10);
    assertThat(Feature.MACS.of(kernel, new Tile(7, 16))).isEqualTo(21 * 32 * 10);
  }
}
