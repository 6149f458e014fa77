package org.finchnas.worker.stock;

import org.finchnas.searchspace.network.Layer;
import org.finchnas.searchspace.network.Window;

/** A dilated convolution as one whose larger kernel is zero between the taps. */
record DilatedKernel(Layer.Convolution layer) {

  /** The convolution without dilation. */
  Layer.Convolution writtenOut() {
    Window window = layer.window();
    Window larger =
        new Window(
            extent(window.kernelHeight()),
            extent(window.kernelWidth()),
            window.strideHeight(),
            window.strideWidth(),
            1,
            window.padding());
    return new Layer.Convolution(layer.filters(), larger, layer.groups(), layer.bias());
  }

  /** Its weights. */
  float[] writeOut(float[] weights) {
    int rows = layer.window().kernelHeight();
    int columns = layer.window().kernelWidth();
    int kernels = weights.length / (rows * columns);
    int width = extent(columns);
    int area = extent(rows) * width;
    float[] larger = new float[kernels * area];
    for (int i = 0; i < weights.length; i++) {
      int kernel = i / (rows * columns);
      int row = i / columns % rows * layer.window().dilation();
      int column = i % columns * layer.window().dilation();
      larger[kernel * area + row * width + column] = weights[i];
    }
    return larger;
  }

  private int extent(int taps) {
    return (taps - 1) * layer.window().dilation() + 1;
  }
}
