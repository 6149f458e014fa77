package org.finchnas.searchspace;

import java.util.ArrayList;
import java.util.List;
import org.finchnas.searchspace.network.ActivationFunction;
import org.finchnas.searchspace.network.Layer;
import org.finchnas.searchspace.network.LayerChain;
import org.finchnas.searchspace.network.Shape;

/**
 * Adds one cell to a network, as slim's {@code nasnet_utils} does.
 *
 * @param filters channels of every block
 * @param stride 2 in a reduction cell, else 1
 * @param depth for drop-path, see {@link Layer.DropPath}
 */
record CellAssembler(Cell cell, int filters, int stride, double depth) {

  /**
   * @param scope a chain in whose scope the cell's nodes are named
   * @param previous the output of the previous cell
   * @param beforePrevious of the one before; the same node as {@code previous} for the first cell
   * @return the cell's output
   */
  LayerChain assemble(LayerChain scope, int previous, int beforePrevious) {
    List<LayerChain> states = new ArrayList<>();
    states.add(align(scope.from(previous).in("state_0")));
    states.add(alignBeforePrevious(scope.from(beforePrevious).in("state_1"), previous));
    for (Block block : cell.blocks()) {
      LayerChain blockScope = scope.in("block_" + states.size());
      LayerChain left =
          side(states, block.leftInput(), block.leftOperation(), blockScope.in("left"));
      LayerChain right =
          side(states, block.rightInput(), block.rightOperation(), blockScope.in("right"));
      states.add(blockScope.from(left.node()).join("add", new Layer.Add(), right.node()));
    }
    return concat(scope, states);
  }

  private LayerChain align(LayerChain chain) {
    return chain
        .activation("relu", ActivationFunction.RELU)
        .pointwise("pointwise", filters, 1)
        .batchNorm("batch_norm");
  }

  /** The first cell of a network reads its only predecessor once more, not aligned. */
  private LayerChain alignBeforePrevious(LayerChain chain, int previous) {
    if (chain.node() == previous) {
      return chain;
    }
    if (!chain.shape().sameSize(chain.builder().shape(previous))) {
      return factorizedReduction(chain.activation("relu", ActivationFunction.RELU));
    }
    return chain.shape().channels() == filters ? chain : align(chain);
  }

  private LayerChain side(
      List<LayerChain> states, int input, Operation operation, LayerChain scope) {
    OperationAssembler assembler = new OperationAssembler(filters, input < 2 ? stride : 1);
    LayerChain chain = assembler.apply(operation, scope.from(states.get(input).node()));
    return operation == Operation.IDENTITY
        ? chain
        : scope.from(chain.node()).add("drop_path", new Layer.DropPath(depth));
  }

  private LayerChain concat(LayerChain scope, List<LayerChain> states) {
    Shape target = states.get(states.size() - 1).shape();
    List<LayerChain> parts = new ArrayList<>();
    for (int state : cell.concat()) {
      LayerChain part = scope.in("concat_" + state).from(states.get(state).node());
      parts.add(part.shape().equals(target) ? part : fit(part, target));
    }
    LayerChain first = scope.from(parts.get(0).node());
    int[] others = parts.stream().skip(1).mapToInt(LayerChain::node).toArray();
    return others.length == 0 ? first : first.join("concat", new Layer.Concat(), others);
  }

  private LayerChain fit(LayerChain part, Shape target) {
    return part.shape().sameSize(target)
        ? part.pointwise("pointwise", filters, 1).batchNorm("batch_norm")
        : factorizedReduction(part);
  }

  /**
   * Halves the image with two strided 1x1 convolutions, the second on the image moved by a pixel,
   * so that together they see one more diagonal of pixels. Of an odd number of filters one is lost,
   * which operations on this state make up for: so AmoebaNet with F = 50 has its size.
   */
  private LayerChain factorizedReduction(LayerChain chain) {
    LayerChain first = chain.pointwise("path_1", filters / 2, 2);
    LayerChain second = chain.add("shift", new Layer.Shift()).pointwise("path_2", filters / 2, 2);
    return first.join("concat", new Layer.Concat(), second.node()).batchNorm("batch_norm");
  }
}
