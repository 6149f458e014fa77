package org.finchnas.worker.onednn;

import java.util.function.LongFunction;
import org.bytedeco.dnnl.dnnl_memory_desc_t;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.FloatPointer;
import org.jspecify.annotations.Nullable;

/**
 * An argument of a primitive that wants weights to lie otherwise than they do: copied to an array
 * of its own before the primitive reads them, or from there after it wrote them.
 */
final class WeightsArgument implements AutoCloseable {

  private final Primitive user;
  private final int argument;
  private final @Nullable Primitive copy;
  private final @Nullable FloatPointer own;

  /**
   * @param actual how the weights lie
   * @param written whether the primitive writes them
   */
  WeightsArgument(Primitive user, int argument, dnnl_memory_desc_t actual, boolean written) {
    this.user = user;
    this.argument = argument;
    dnnl_memory_desc_t wanted = user.layout(argument);
    if (dnnl.dnnl_memory_desc_equal(wanted, actual) == 1) {
      copy = null;
      own = null;
    } else {
      copy = written ? Primitive.copy(wanted, actual) : Primitive.copy(actual, wanted);
      own = new FloatPointer(dnnl.dnnl_memory_desc_get_size(wanted) / Float.BYTES);
    }
  }

  /** Before the primitive runs: gives it the weights to read. */
  void read(FloatPointer weights, LongFunction<FloatPointer> scratch) {
    Primitive copying = copy;
    FloatPointer target = own;
    if (copying == null || target == null) {
      user.give(argument, weights);
      return;
    }
    copying.give(dnnl.DNNL_ARG_FROM, weights);
    copying.give(dnnl.DNNL_ARG_TO, target);
    copying.run(scratch);
    user.give(argument, target);
  }

  /** Before the primitive runs: tells it where to write. */
  void prepare(FloatPointer weights) {
    user.give(argument, own == null ? weights : own);
  }

  /** After the primitive ran: fills the weights. */
  void write(FloatPointer weights, LongFunction<FloatPointer> scratch) {
    Primitive copying = copy;
    FloatPointer source = own;
    if (copying != null && source != null) {
      copying.give(dnnl.DNNL_ARG_FROM, source);
      copying.give(dnnl.DNNL_ARG_TO, weights);
      copying.run(scratch);
    }
  }

  @Override
  public void close() {
    if (copy != null) {
      copy.close();
    }
    if (own != null) {
      own.close();
    }
  }
}
