package org.finchnas.worker.onednn;

import java.util.Objects;
import java.util.function.IntSupplier;
import org.bytedeco.dnnl.dnnl_engine;
import org.bytedeco.dnnl.dnnl_stream;
import org.bytedeco.dnnl.global.dnnl;
import org.finchnas.worker.NativeBackend;

/** The library, on the CPU and with the instruction set of {@link NativeBackend#select}. */
final class OneDnn {

  /**
   * Prepared primitives that the library keeps for equal layers, with their machine code, also when
   * nobody uses them any more: enough for one network, not for all that a slot trains.
   */
  private static final int CACHED_PRIMITIVES = 128;

  private static final OneDnn CPU = new OneDnn();

  private final dnnl_engine engine = new dnnl_engine();
  private final dnnl_stream stream = new dnnl_stream();

  /** Before anything else: the first computation fixes the instruction set. */
  private OneDnn() {
    int instructions =
        switch (NativeBackend.select()) {
          case AVX512 -> dnnl.dnnl_cpu_isa_avx512_core;
          case AVX2 -> dnnl.dnnl_cpu_isa_avx2;
          case ONEDNN -> dnnl.dnnl_cpu_isa_sse41;
          case PLAIN, CUDA ->
              throw new IllegalStateException(
                  "%s computes without oneDNN.".formatted(NativeBackend.select()));
        };
    require(dnnl.dnnl_set_max_cpu_isa(instructions));
    require(dnnl.dnnl_set_primitive_cache_capacity(CACHED_PRIMITIVES));
    require(dnnl.dnnl_engine_create(engine, dnnl.dnnl_cpu, 0));
    require(dnnl.dnnl_stream_create(stream, engine, dnnl.dnnl_stream_default_flags));
  }

  static dnnl_engine engine() {
    return CPU.engine;
  }

  static dnnl_stream stream() {
    return CPU.stream;
  }

  /**
   * Calls the library, after it was set up.
   *
   * @param call answers with oneDNN's status
   * @throws IllegalStateException if the library could not do what it was asked for
   */
  static void check(IntSupplier call) {
    Objects.requireNonNull(CPU);
    require(call.getAsInt());
  }

  private static void require(int status) {
    if (status == dnnl.dnnl_out_of_memory) {
      throw new OutOfMemoryError("oneDNN is out of memory");
    }
    if (status != dnnl.dnnl_success) {
      throw new IllegalStateException("oneDNN answered with status %d.".formatted(status));
    }
  }
}
