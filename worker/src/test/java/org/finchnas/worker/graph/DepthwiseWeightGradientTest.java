package org.finchnas.worker.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.finchnas.searchspace.network.Padding;
import org.finchnas.searchspace.network.Shape;
import org.finchnas.searchspace.network.Window;
import org.finchnas.worker.NativeBackend;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Random windows, strides, gaps and paddings against nested loops in double precision. */
class DepthwiseWeightGradientTest {

  private static final int BATCH = 3;

  static {
    NativeBackend.select();
  }

  record Sample(Shape input, Window window) {}

  static Stream<Sample> samples() {
    return IntStream.range(0, 60).mapToObj(seed -> sample(new Random(seed)));
  }

  private static Sample sample(Random random) {
    int rows = 1 + random.nextInt(7);
    int columns = 1 + random.nextInt(7);
    int dilation = 1 + random.nextInt(3);
    Padding padding =
        new Padding(random.nextInt(6), random.nextInt(6), random.nextInt(6), random.nextInt(6));
    Window window =
        new Window(rows, columns, 1 + random.nextInt(3), 1 + random.nextInt(3), dilation, padding);
    Shape input =
        new Shape(
            1 + random.nextInt(9),
            (rows - 1) * dilation + 1 + random.nextInt(5),
            (columns - 1) * dilation + 1 + random.nextInt(5));
    return new Sample(input, window);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("samples")
  void followsNestedLoops(Sample sample) {
    Shape in = sample.input();
    Window window = sample.window();
    Shape out = window.slideOver(in);
    INDArray x = random(1, BATCH, in.height(), in.width(), in.channels());
    INDArray dy = random(2, BATCH, out.height(), out.width(), in.channels());
    INDArray dw = random(3, window.kernelHeight(), window.kernelWidth(), in.channels(), 1);

    new DepthwiseWeightGradient(in, window).fill(x, dy, dw);

    for (int i = 0; i < window.kernelHeight(); i++) {
      for (int j = 0; j < window.kernelWidth(); j++) {
        for (int c = 0; c < in.channels(); c++) {
          assertThat(dw.getDouble(i, j, c, 0))
              .isCloseTo(expected(x, dy, window, i, j, c), within(1e-4));
        }
      }
    }
  }

  private static double expected(
      INDArray x, INDArray dy, Window window, int tapRow, int tapColumn, int channel) {
    double sum = 0;
    for (int image = 0; image < BATCH; image++) {
      for (long row = 0; row < dy.size(1); row++) {
        long y =
            row * window.strideHeight()
                + (long) tapRow * window.dilation()
                - window.padding().top();
        for (long column = 0; column < dy.size(2); column++) {
          long z =
              column * window.strideWidth()
                  + (long) tapColumn * window.dilation()
                  - window.padding().left();
          if (y >= 0 && y < x.size(1) && z >= 0 && z < x.size(2)) {
            sum += x.getDouble(image, y, z, channel) * dy.getDouble(image, row, column, channel);
          }
        }
      }
    }
    return sum;
  }

  private static INDArray random(long seed, long... shape) {
    return Nd4j.rand(seed, shape).castTo(DataType.FLOAT).subi(0.5);
  }
}
