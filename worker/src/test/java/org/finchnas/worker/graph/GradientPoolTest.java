package org.finchnas.worker.graph;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

final class GradientPoolTest {

  private final GradientPool pool = new GradientPool(new GraphMemory(DataType.FLOAT, true));

  @Test
  void reshapingAgainAndAgainDoesNotStackViews() {
    long[][] shapes = {{2, 3, 4, 5}, {5, 4, 3, 2}, {6, 20}};
    INDArray first = pool.lend(shapes[0]);
    pool.giveBack(first);
    for (int i = 0; i < 100; i++) {
      INDArray lent = pool.lend(shapes[i % shapes.length]);
      assertThat(lent.shape()).isEqualTo(shapes[i % shapes.length]);
      assertThat(lent.data().address()).isEqualTo(first.data().address());
      assertThat(viewsBelow(lent)).isLessThanOrEqualTo(1);
      pool.giveBack(lent);
    }
  }

  @Test
  void anArrayIsFreeOnlyWhenItsLastHolderGaveItBack() {
    INDArray lent = pool.lend(4, 4);
    pool.share(lent);
    assertThat(pool.isExclusive(lent)).isFalse();
    pool.giveBack(lent);
    assertThat(pool.isExclusive(lent)).isTrue();
    assertThat(pool.lend(4, 4)).isNotSameAs(lent);
    pool.giveBack(lent);
    assertThat(pool.lend(4, 4)).isSameAs(lent);
  }

  private static int viewsBelow(INDArray array) {
    int depth = 0;
    DataBuffer buffer = array.data();
    while (buffer.underlyingDataBuffer() != null && buffer.underlyingDataBuffer() != buffer) {
      buffer = buffer.underlyingDataBuffer();
      depth++;
    }
    return depth;
  }
}
