package org.finchnas.worker.onednn;

import java.util.function.LongFunction;
import org.bytedeco.dnnl.dnnl_memory_desc_t;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.FloatPointer;
import org.jspecify.annotations.Nullable;

/**
 * One direction of a convolution. Where its primitive wants the weights to lie otherwise than they
 * do, they are copied before it reads them, or after it wrote them.
 */
final class Pass implements AutoCloseable {

  /** So that what follows the copied weights in memory begins with a cache line. */
  private static final long LINE = 64 / Float.BYTES;

  private final Primitive primitive;
  private final int weightsId;
  private final boolean written;
  private final @Nullable Primitive copy;
  private final long copied;

  /**
   * @param weightsId which of the primitive's arguments are the weights
   * @param actual how the weights lie
   * @param written whether the primitive writes the weights
   */
  Pass(Primitive primitive, int weightsId, dnnl_memory_desc_t actual, boolean written) {
    this.primitive = primitive;
    this.weightsId = weightsId;
    this.written = written;
    dnnl_memory_desc_t wanted = primitive.layout(weightsId);
    if (dnnl.dnnl_memory_desc_equal(wanted, actual) == 1) {
      copy = null;
      copied = 0;
    } else {
      copy = written ? Primitive.copy(wanted, actual) : Primitive.copy(actual, wanted);
      long floats = dnnl.dnnl_memory_desc_get_size(wanted) / Float.BYTES;
      copied = (floats + LINE - 1) / LINE * LINE;
    }
  }

  String implementation() {
    return primitive.implementation();
  }

  void give(int argument, FloatPointer values) {
    primitive.give(argument, values);
  }

  /**
   * Computes from the weights, or fills them.
   *
   * @param memory gives room for so many floats until its next call
   */
  void run(FloatPointer weights, LongFunction<FloatPointer> memory) {
    Primitive copying = copy;
    if (copying == null) {
      primitive.give(weightsId, weights);
      primitive.run(memory.apply(primitive.scratchFloats()));
      return;
    }
    long scratch = Math.max(primitive.scratchFloats(), copying.scratchFloats());
    FloatPointer copies = memory.apply(copied + scratch);
    FloatPointer rest = copies.getPointer(copied);
    copying.give(dnnl.DNNL_ARG_FROM, written ? copies : weights);
    copying.give(dnnl.DNNL_ARG_TO, written ? weights : copies);
    primitive.give(weightsId, copies);
    if (written) {
      primitive.run(rest);
      copying.run(rest);
    } else {
      copying.run(rest);
      primitive.run(rest);
    }
  }

  @Override
  public void close() {
    primitive.close();
    if (copy != null) {
      copy.close();
    }
  }
}
