package org.finchnas.worker.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.finchnas.searchspace.network.Network;
import org.finchnas.searchspace.network.TrainedNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The kernels of a GPU, which read no array themselves, on the CPU: in single precision against
 * double precision, whose gradients {@link GradientCheckTest} checks, and against the loops.
 */
class OperationsAloneTest {

  private static final int BATCH = 4;

  static Stream<Samples.Sample> layers() {
    return Samples.layers();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("layers")
  void gradientsOfOneLayerFollowDoublePrecision(Samples.Sample sample) {
    compareGradients(Samples.around(sample.layer()));
  }

  @Test
  void gradientsOfCellsFollowDoublePrecision() {
    compareGradients(Samples.cells());
  }

  @Test
  void gradientsOfMergedAndFoldedLayersFollowDoublePrecision() {
    compareGradients(Samples.residual());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("layers")
  void logitsAreThoseOfTheLoops(Samples.Sample sample) {
    TrainedNetwork trained = Samples.trained(Samples.around(sample.layer()), 31);
    INDArray alone = logits(trained, new GraphMemory(DataType.FLOAT, false));
    INDArray loops = logits(trained, new GraphMemory(DataType.FLOAT, true));
    assertThat(distance(alone, loops)).isLessThan(1e-5);
  }

  @Test
  void runningStatisticsMoveAsThoseOfTheLoops() {
    Network network = Samples.cells();
    INDArray alone = parametersAfterForward(network, new GraphMemory(DataType.FLOAT, false));
    INDArray loops = parametersAfterForward(network, new GraphMemory(DataType.FLOAT, true));
    INDArray before = GraphBuilder.build(network, DataType.FLOAT, 8, Samples.PLAIN).parameters();
    assertThat(distance(loops, before)).isGreaterThan(1e-3);
    assertThat(distance(alone, loops)).isLessThan(1e-6);
  }

  private static void compareGradients(Network network) {
    INDArray single = gradients(network, new GraphMemory(DataType.FLOAT, false));
    INDArray exact = gradients(network, GraphMemory.of(DataType.DOUBLE));
    assertThat(distance(single, exact)).isLessThan(2e-5);
  }

  private static TrainableGraph build(Network network, GraphMemory memory, long seed) {
    return GraphBuilder.build(network, memory, seed, Samples.PLAIN, new SoftmaxCrossEntropy());
  }

  private static INDArray gradients(Network network, GraphMemory memory) {
    TrainableGraph graph = build(network, memory, 21);
    graph.progress().moveTo(1, 3);
    INDArray images = Samples.images(DataType.FLOAT, network, BATCH, 22).castTo(memory.type());
    graph.computeGradients(images, Samples.labels(memory.type(), network, BATCH));
    return graph.graph().getFlattenedGradients();
  }

  private static INDArray logits(TrainedNetwork trained, GraphMemory memory) {
    Network network = trained.network();
    TrainableGraph graph = build(network, memory, 1);
    GraphWeights.load(graph, trained);
    return graph.logits(Samples.images(DataType.FLOAT, network, BATCH, 32)).dup();
  }

  private static INDArray parametersAfterForward(Network network, GraphMemory memory) {
    TrainableGraph graph = build(network, memory, 8);
    graph.computeGradients(
        Samples.images(DataType.FLOAT, network, BATCH, 9),
        Samples.labels(DataType.FLOAT, network, BATCH));
    return graph.parameters();
  }

  /** Length of the difference over the length of the second. */
  private static double distance(INDArray one, INDArray other) {
    INDArray exact = other.castTo(DataType.DOUBLE);
    double difference = one.castTo(DataType.DOUBLE).sub(exact).norm2Number().doubleValue();
    return difference / exact.norm2Number().doubleValue();
  }
}
