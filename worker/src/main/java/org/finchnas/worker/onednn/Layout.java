package org.finchnas.worker.onednn;

import org.bytedeco.dnnl.dnnl_memory_desc_t;
import org.bytedeco.dnnl.global.dnnl;
import org.finchnas.searchspace.network.Shape;

/** How arrays in single precision lie in memory, in oneDNN's words. */
final class Layout {
  private Layout() {}

  /** Maps {@code [batch, height, width, channels]}. */
  static dnnl_memory_desc_t maps(int batch, Shape shape) {
    long[] sizes = {batch, shape.channels(), shape.height(), shape.width()};
    return tagged(sizes, dnnl.dnnl_nhwc);
  }

  static dnnl_memory_desc_t vector(int length) {
    return tagged(new long[] {length}, dnnl.dnnl_x);
  }

  /** Weights as a primitive likes them best. */
  static dnnl_memory_desc_t anyWeights(Convolution.Geometry geometry) {
    return tagged(sizes(geometry), dnnl.dnnl_format_tag_any);
  }

  /**
   * Weights {@code [kernelHeight, kernelWidth, in, out]}; of several groups the same after {@code
   * [groups]}, depthwise {@code [kernelHeight, kernelWidth, in, multiplier]}.
   */
  static dnnl_memory_desc_t weights(Convolution.Geometry geometry) {
    long in = geometry.input().channels() / geometry.groups();
    long out = geometry.filters() / geometry.groups();
    long columns = geometry.window().kernelWidth();
    long rows = geometry.window().kernelHeight();
    if (geometry.groups() == 1) {
      return strided(sizes(geometry), 1, out, columns * in * out, in * out);
    }
    if (geometry.isDepthwise()) {
      long pixel = geometry.groups() * out;
      return strided(sizes(geometry), out, 1, out, columns * pixel, pixel);
    }
    return strided(
        sizes(geometry), rows * columns * in * out, 1, out, columns * in * out, in * out);
  }

  private static long[] sizes(Convolution.Geometry geometry) {
    long in = geometry.input().channels() / geometry.groups();
    long out = geometry.filters() / geometry.groups();
    long rows = geometry.window().kernelHeight();
    long columns = geometry.window().kernelWidth();
    return geometry.groups() == 1
        ? new long[] {out, in, rows, columns}
        : new long[] {geometry.groups(), out, in, rows, columns};
  }

  private static dnnl_memory_desc_t tagged(long[] sizes, int tag) {
    var layout = new dnnl_memory_desc_t();
    OneDnn.check(
        () -> dnnl.dnnl_memory_desc_init_by_tag(layout, sizes.length, sizes, dnnl.dnnl_f32, tag));
    return layout;
  }

  private static dnnl_memory_desc_t strided(long[] sizes, long... strides) {
    var layout = new dnnl_memory_desc_t();
    OneDnn.check(
        () ->
            dnnl.dnnl_memory_desc_init_by_strides(
                layout, sizes.length, sizes, dnnl.dnnl_f32, strides));
    return layout;
  }
}
