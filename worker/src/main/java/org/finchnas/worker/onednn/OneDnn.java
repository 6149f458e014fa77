package org.finchnas.worker.onednn;

import org.bytedeco.dnnl.dnnl_engine;
import org.bytedeco.dnnl.dnnl_stream;
import org.bytedeco.dnnl.global.dnnl;
import org.finchnas.worker.NativeBackend;

/** The library, on the CPU and with the instruction set of {@link NativeBackend#select}. */
final class OneDnn {

  private static final OneDnn CPU = new OneDnn();

  private final dnnl_engine engine = new dnnl_engine();
  private final dnnl_stream stream = new dnnl_stream();

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
    check(dnnl.dnnl_set_max_cpu_isa(instructions));
    check(dnnl.dnnl_engine_create(engine, dnnl.dnnl_cpu, 0));
    check(dnnl.dnnl_stream_create(stream, engine, dnnl.dnnl_stream_default_flags));
  }

  static dnnl_engine engine() {
    return CPU.engine;
  }

  static dnnl_stream stream() {
    return CPU.stream;
  }

  /**
   * @throws IllegalStateException if the library could not do what it was asked for
   */
  static void check(int status) {
    if (status == dnnl.dnnl_out_of_memory) {
      throw new OutOfMemoryError("oneDNN is out of memory");
    }
    if (status != dnnl.dnnl_success) {
      throw new IllegalStateException("oneDNN answered with status %d.".formatted(status));
    }
  }
}
