package org.finchnas.searchspace;

import java.util.ArrayList;
import java.util.List;
import org.finchnas.searchspace.network.Layer;
import org.finchnas.searchspace.network.LayerChain;
import org.finchnas.searchspace.network.Shape;

/**
 * Adds one cell to a network, as slim's {@code nasnet_utils} does.
 *
 * @param filters channels of every block
 * @param stride 2 in a reduction cell, else 1
 * @param macro wiring, activation and whether the output is scaled
 * @param depth for drop-path, see {@link Layer.DropPath}
 */
record CellAssembler(Cell cell, int filters, int stride, Macro macro, double depth) {

  private static final int SQUEEZE = 16;

  /**
   * @param scope a chain in whose scope the cell's nodes are named
   * @param previous the output of the previous cell
   * @param beforePrevious of the one before; the same node as {@code previous} for the first cell
   * @return the cell's output
   */
  LayerChain assemble(LayerChain scope, int previous, int beforePrevious) {
    List<LayerChain> states = new ArrayList<>();
    states.add(alignPrevious(scope.from(previous).in("state_0")));
    states.add(alignBeforePrevious(scope.from(beforePrevious).in("state_1"), previous));
    for (Block block : cell.blocks()) {
      LayerChain blockScope = scope.in("block_" + states.size());
      LayerChain left =
          side(states, block.leftInput(), block.leftOperation(), blockScope.in("left"));
      LayerChain right =
          side(states, block.rightInput(), block.rightOperation(), blockScope.in("right"));
      states.add(blockScope.from(left.node()).join("add", new Layer.Add(), right.node()));
    }
    LayerChain output = concat(scope, states);
    int squeezed = Math.max(1, output.shape().channels() / SQUEEZE);
    return macro.squeezeExcite()
        ? output.in("squeeze_excite").squeezeExcite(squeezed, macro.activation())
        : output;
  }

  private LayerChain alignPrevious(LayerChain chain) {
    boolean fits = chain.shape().channels() == filters || !macro.wiring().fitsPrevious();
    return align(fits ? chain : chain.from(align(chain.in("fit")).node()));
  }

  private LayerChain align(LayerChain chain) {
    return chain
        .activation(macro.activation())
        .pointwise("pointwise", filters, 1)
        .batchNorm("batch_norm");
  }

  /** The first cell of a network reads its only predecessor once more, in slim not aligned. */
  private LayerChain alignBeforePrevious(LayerChain chain, int previous) {
    if (chain.node() == previous && !macro.wiring().alignsFirst()) {
      return chain;
    }
    if (!chain.shape().sameSize(chain.builder().shape(previous))) {
      return new FactorizedReduction(filters, macro.wiring())
          .apply(chain.activation(macro.activation()));
    }
    boolean fits = chain.shape().channels() == filters && !macro.wiring().alignsEqual();
    return fits ? chain : align(chain);
  }

  private LayerChain side(
      List<LayerChain> states, int input, Operation operation, LayerChain scope) {
    OperationAssembler assembler =
        new OperationAssembler(filters, input < 2 ? stride : 1, macro.wiring(), macro.activation());
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
        : new FactorizedReduction(filters, macro.wiring()).apply(part);
  }
}
