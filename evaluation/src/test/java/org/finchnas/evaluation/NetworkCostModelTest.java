package org.finchnas.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.finchnas.searchspace.Architecture;
import org.finchnas.searchspace.Block;
import org.finchnas.searchspace.Blueprint;
import org.finchnas.searchspace.Cell;
import org.finchnas.searchspace.CellSearchSpace;
import org.finchnas.searchspace.Macro;
import org.finchnas.searchspace.Operation;
import org.finchnas.searchspace.OperationSet;
import org.finchnas.searchspace.Stem;
import org.finchnas.searchspace.network.Network;
import org.finchnas.searchspace.network.Shape;
import org.junit.jupiter.api.Test;

class NetworkCostModelTest {

  private static final Shape IMAGE = new Shape(3, 16, 16);
  private static final CellSearchSpace SPACE =
      new CellSearchSpace(
          OperationSet.AMOEBANET.operations(), 2, List.of(1), List.of(4, 8), Stem.CIFAR, 16);

  @Test
  void countsThePublishedNetwork() {
    Network network = new Blueprint("nasnet-a-mobile", new Shape(3, 224, 224), 1000).assemble();
    assertThat(NetworkCostModel.costs(network))
        .containsEntry("params", 5_289_978.0)
        .containsEntry("macs", 563_638_816.0)
        .containsKey("peakActivationBytes");
  }

  @Test
  void remembersWithoutMixingUp() {
    NetworkCostModel model = new NetworkCostModel(IMAGE, 10);
    Random random = new Random(1);
    List<Architecture> architectures = random.ints(40).mapToObj(i -> SPACE.sample(random)).toList();
    for (int round = 0; round < 2; round++) {
      for (Architecture architecture : architectures) {
        assertThat(model.costs(architecture))
            .isEqualTo(NetworkCostModel.costs(architecture.assemble(IMAGE, 10)));
      }
    }
  }

  @Test
  void tellsWhatElseIsAskedFor() {
    NetworkCost nodes = (design, network) -> Map.of("latencyMillis", network.nodes().size() * 0.5);
    NetworkCostModel model = new NetworkCostModel(IMAGE, 10, NetworkCost.COUNTS.and(nodes));
    Architecture architecture = SPACE.sample(new Random(3));
    Network network = architecture.assemble(IMAGE, 10);
    assertThat(model.costs(architecture))
        .containsAllEntriesOf(NetworkCostModel.costs(network))
        .containsEntry("latencyMillis", network.nodes().size() * 0.5)
        .hasSize(4);
  }

  @Test
  void tellsApartWhatIsOneNetworkInTwoOrders() {
    Architecture wideFirst = cells(0);
    Architecture plainFirst = cells(7);
    NetworkCostModel model = new NetworkCostModel(IMAGE, 10);

    Map<String, Double> first = model.costs(wideFirst);
    Map<String, Double> second = model.costs(plainFirst);

    assertThat(plainFirst.id()).isEqualTo(wideFirst.id());
    assertThat(second).isEqualTo(NetworkCostModel.costs(plainFirst.assemble(IMAGE, 10)));
    assertThat(second.get("macs")).isEqualTo(first.get("macs"));
    assertThat(second.get("peakActivationBytes")).isNotEqualTo(first.get("peakActivationBytes"));
  }

  /** Eight blocks that are summed up in the end; the one that needs room is made at some point. */
  private static Architecture cells(int wide) {
    List<Block> blocks = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      Operation operation = i == wide ? Operation.SEPARABLE_CONV_3X3 : Operation.IDENTITY;
      blocks.add(new Block(0, operation, 1, operation));
    }
    int sum = 2 + wide;
    for (int state = 2; state < 10; state++) {
      if (state != 2 + wide) {
        blocks.add(new Block(state, Operation.IDENTITY, sum, Operation.IDENTITY));
        sum = 1 + blocks.size();
      }
    }
    Cell plain = Cell.ofBlocks(List.of(new Block(0, Operation.IDENTITY, 1, Operation.IDENTITY)));
    return new Architecture(Cell.ofBlocks(blocks), plain, new Macro(1, 8, Stem.CIFAR, 16));
  }

  @Test
  void saysWhenAnArchitectureDoesNotFitTheImages() {
    // The stem's first convolution is 3 x 3 without padding.
    NetworkCostModel model = new NetworkCostModel(new Shape(3, 2, 2), 10);
    CellSearchSpace mobile =
        new CellSearchSpace(SPACE.operations(), 2, List.of(1), List.of(8), Stem.IMAGENET, 64);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> model.costs(mobile.sample(new Random(1))));
  }
}
