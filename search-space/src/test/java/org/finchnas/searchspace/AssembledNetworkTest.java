package org.finchnas.searchspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.finchnas.searchspace.network.Layer;
import org.finchnas.searchspace.network.Network;
import org.finchnas.searchspace.network.Node;
import org.finchnas.searchspace.network.Shape;
import org.finchnas.searchspace.published.PublishedCells;
import org.junit.jupiter.api.Test;

class AssembledNetworkTest {

  private static final Network NASNET =
      Architecture.parse(PublishedCells.NASNET_A_CIFAR.notation())
          .assemble(new Shape(3, 32, 32), 10);

  private static List<String> names() {
    return NASNET.nodes().stream().map(Node::name).toList();
  }

  @Test
  void names_say_the_role_so_that_children_can_inherit() {
    assertThat(names())
        .contains(
            "stem/convolution",
            "stack_2/cell_1/state_1/path_2",
            "stack_3/cell_6/block_3/right/sep_conv_3x3/depthwise_1",
            "reduction_1/block_2/right/sep_conv_7x7/pointwise_2",
            "stack_1/cell_1/block_2/left/drop_path",
            "head/dense");
  }

  @Test
  void drop_path_deepens_from_cell_to_cell_and_spares_identities() {
    List<Double> depths =
        NASNET.nodes().stream()
            .map(Node::layer)
            .filter(Layer.DropPath.class::isInstance)
            .map(layer -> ((Layer.DropPath) layer).depth())
            .distinct()
            .toList();

    assertThat(depths).hasSize(20).isSorted().contains(1 / 20.0, 1.0);
    assertThat(names())
        .noneMatch(name -> name.endsWith("block_4/right/drop_path") && name.startsWith("stack"));
  }

  @Test
  void the_large_network_skips_the_reductions_input() {
    Network large = Blueprint.of("nasnet-a-large").assemble();

    // The count of the weights that others converted from slim for PyTorch (nasnetalarge).
    assertThat(large.params()).isEqualTo(88_753_150);
  }

  @Test
  void dead_blocks_cost_nothing() {
    String live = "n=1,f=8:normal=conv_1x1@0+conv_1x1@1:reduction=conv_1x1@0+conv_1x1@1";
    String dead = live.replace(":red", ",sep_conv_7x7@2+conv_3x3@0,concat=2:red");
    Shape image = new Shape(3, 16, 16);

    Architecture without = Architecture.parse(live);
    Architecture with = Architecture.parse(dead);
    assertThat(with.assemble(image, 10).nodes()).isEqualTo(without.assemble(image, 10).nodes());
    assertThat(with.id()).isEqualTo(without.id());
  }
}
