package org.finchnas.worker.graph;

import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * How gradient arrays travel between the vertices of one graph.
 *
 * <p>Deeplearning4j gives a vertex the first gradient that it gets, adds later ones to it in place
 * and forgets them; so before each vertex, what was handed over last and is held by nobody goes
 * back to the pool.
 */
final class GradientFlow {

  private final GradientPool pool;
  private final INDArray ignored;
  private @Nullable Step last;

  GradientFlow(GraphMemory memory) {
    pool = new GradientPool(memory);
    ignored = memory.allocate(1).assign(0);
  }

  /** Starts a vertex. */
  Step enter(NodeVertex vertex, INDArray epsilon) {
    settle();
    return new Step(vertex, epsilon);
  }

  /** Ends a vertex that hands {@code gradients} to its inputs. */
  void leave(Step step, INDArray[] gradients) {
    for (int i = 0; i < gradients.length; i++) {
      if (!step.isNeeded(i)) {
        pool.giveBack(gradients[i]);
        gradients[i] = ignored;
      }
    }
    step.handedOver = gradients;
    last = step;
    pool.giveBack(step.epsilon);
  }

  private void settle() {
    Step before = last;
    if (before != null) {
      for (int i = 0; i < before.handedOver.length; i++) {
        if (before.vertex.source(i).getEpsilon() != before.handedOver[i]) {
          pool.giveBack(before.handedOver[i]);
        }
      }
    }
    last = null;
  }

  /** One vertex's turn. */
  final class Step implements Kernel.Backward {

    private final NodeVertex vertex;
    private final INDArray epsilon;
    private INDArray[] handedOver = {};

    Step(NodeVertex vertex, INDArray epsilon) {
      this.vertex = vertex;
      this.epsilon = epsilon;
    }

    /** Nothing reads the gradient of the images. */
    private boolean isNeeded(int input) {
      return !vertex.source(input).isInputVertex();
    }

    @Override
    public INDArray gradientOf(int input) {
      return pool.lend(vertex.inputShape(input));
    }

    @Override
    public INDArray passOn(int input) {
      GraphVertex source = vertex.source(input);
      // A first gradient of several is added to in place, so only then must it be a copy.
      if (source.getNumOutputConnections() == 1 || source.getEpsilon() != null) {
        pool.share(epsilon);
        return epsilon;
      }
      return gradientOf(input).assign(epsilon);
    }

    @Override
    public INDArray overwrite(int input) {
      if (!pool.isExclusive(epsilon)) {
        return gradientOf(input);
      }
      pool.share(epsilon);
      return epsilon;
    }
  }
}
