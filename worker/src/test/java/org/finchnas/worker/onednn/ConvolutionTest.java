package org.finchnas.worker.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bytedeco.javacpp.FloatPointer;
import org.finchnas.searchspace.network.Padding;
import org.finchnas.searchspace.network.Shape;
import org.finchnas.searchspace.network.Window;
import org.finchnas.worker.NativeBackend;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random convolutions against nested loops in double precision. What lies around each array stays
 * as it was.
 */
class ConvolutionTest {

  private static final int[] CHANNELS = {1, 3, 7, 8, 12, 16, 17, 24, 40};

  /** Floats on either side of an array that nobody may write. */
  private static final int FENCE = 4096;

  private static final float UNTOUCHED = -1234.5f;

  /** What native code has the address of, with its fences. */
  private final List<FloatPointer> held = new ArrayList<>();

  @BeforeAll
  static void needOneDnn() {
    assumeTrue(NativeBackend.select().hasOneDnn(), "this backend has no oneDNN");
  }

  static Stream<Convolution.Geometry> geometries() {
    return Stream.concat(
        IntStream.range(0, 120).mapToObj(seed -> geometry(new Random(seed))),
        IntStream.range(1, 18).mapToObj(ConvolutionTest::everySecondPixel));
  }

  /** As it halves maps between cells. */
  private static Convolution.Geometry everySecondPixel(int channels) {
    Window window = new Window(1, 1, 2, 2, 1, Padding.NONE);
    Shape input = new Shape(channels, 16, 16);
    return new Convolution.Geometry(3, input, window, 2 * channels, 1, channels % 2 == 0);
  }

  private static Convolution.Geometry geometry(Random random) {
    int channels = CHANNELS[random.nextInt(CHANNELS.length)];
    int filters = CHANNELS[random.nextInt(CHANNELS.length)];
    int groups = 1;
    if (random.nextInt(3) > 0) {
      boolean depthwise = random.nextInt(3) > 0;
      groups = depthwise || channels % 2 == 1 ? channels : 2;
      filters = groups * (depthwise ? 1 + random.nextInt(4) / 3 : 1 + random.nextInt(9));
    }
    int kernel = 1 + random.nextInt(7);
    int otherKernel = random.nextBoolean() ? kernel : 1 + random.nextInt(5);
    int dilation = 1 + random.nextInt(5) / 3;
    Padding padding =
        new Padding(
            random.nextInt(kernel + 1),
            random.nextInt(otherKernel + 1),
            random.nextInt(kernel + 1),
            random.nextInt(otherKernel + 1));
    int stride = 1 + random.nextInt(5) / 3;
    Window window = new Window(kernel, otherKernel, stride, stride, dilation, padding);
    int side = (Math.max(kernel, otherKernel) - 1) * dilation + 1;
    Shape input = new Shape(channels, side + random.nextInt(6), side + random.nextInt(6));
    int batch = 1 + random.nextInt(4);
    return new Convolution.Geometry(batch, input, window, filters, groups, random.nextBoolean());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("geometries")
  void followsNestedLoops(Convolution.Geometry geometry) {
    Random random = new Random(7);
    Shape in = geometry.input();
    Shape out = geometry.output();
    Window window = geometry.window();
    float[] x = values(random, geometry.batch() * in.elements());
    float[] dy = values(random, geometry.batch() * out.elements());
    int perGroup = in.channels() / geometry.groups();
    int taps = window.kernelHeight() * window.kernelWidth();
    float[] w = values(random, (long) taps * perGroup * geometry.filters());
    float[] bias = values(random, geometry.filters());
    Loops expected = new Loops(geometry);
    expected.run(x, w, geometry.bias() ? bias : new float[bias.length], dy);

    FloatPointer input = array(x);
    FloatPointer epsilon = array(dy);
    FloatPointer weights = array(w);
    FloatPointer biases = geometry.bias() ? array(bias) : null;
    FloatPointer y = room(expected.y.length);
    FloatPointer dx = room(x.length);
    FloatPointer dw = room(w.length);
    FloatPointer db = room(bias.length);
    try (Convolution convolution = new Convolution(geometry, this::scratch)) {
      for (int time = 0; time < 2; time++) {
        convolution.forward(input, weights, biases, y);
        convolution.inputGradient(epsilon, weights, dx);
        convolution.weightGradient(input, epsilon, dw, geometry.bias() ? db : null);
      }
    }

    assertFencesStand();
    assertClose(y, expected.y);
    assertClose(dx, expected.dx);
    assertClose(dw, expected.dw);
    if (geometry.bias()) {
      assertClose(db, expected.db);
    }
  }

  /** Memory that is another at each call, so that nothing can rely on the last. */
  private FloatPointer scratch(long floats) {
    return room(floats);
  }

  private FloatPointer array(float[] values) {
    return room(values.length).put(values);
  }

  private FloatPointer room(long floats) {
    FloatPointer all = new FloatPointer(FENCE + floats + FENCE);
    held.add(all);
    float[] fence = new float[FENCE];
    Arrays.fill(fence, UNTOUCHED);
    all.getPointer(FENCE + floats).put(fence);
    all.put(fence);
    return all.getPointer(FENCE);
  }

  private void assertFencesStand() {
    for (FloatPointer all : held) {
      float[] fence = new float[FENCE];
      all.get(fence);
      assertThat(fence).containsOnly(UNTOUCHED);
      all.getPointer(all.capacity() - FENCE).get(fence);
      assertThat(fence).containsOnly(UNTOUCHED);
    }
  }

  private static float[] values(Random random, long length) {
    float[] values = new float[Math.toIntExact(length)];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private static void assertClose(FloatPointer actual, double[] expected) {
    double scale =
        Math.sqrt(
            IntStream.range(0, expected.length).mapToDouble(i -> expected[i] * expected[i]).sum()
                / expected.length);
    for (int i = 0; i < expected.length; i++) {
      assertThat((double) actual.get(i)).isCloseTo(expected[i], within(2e-5 * Math.max(1, scale)));
    }
  }

  /** The formulas, tap by tap. */
  private static final class Loops {
    private final Convolution.Geometry geometry;
    private final double[] y;
    private final double[] dx;
    private final double[] dw;
    private final double[] db;

    Loops(Convolution.Geometry geometry) {
      this.geometry = geometry;
      Window window = geometry.window();
      int taps = window.kernelHeight() * window.kernelWidth();
      int perGroup = geometry.input().channels() / geometry.groups();
      y = new double[Math.toIntExact(geometry.batch() * geometry.output().elements())];
      dx = new double[Math.toIntExact(geometry.batch() * geometry.input().elements())];
      dw = new double[taps * perGroup * geometry.filters()];
      db = new double[geometry.filters()];
    }

    void run(float[] x, float[] w, float[] bias, float[] dy) {
      Shape out = geometry.output();
      for (int at = 0; at < y.length; at++) {
        int filter = at % out.channels();
        y[at] = bias[filter];
        db[filter] += dy[at];
        int pixel = at / out.channels();
        int column = pixel % out.width();
        int row = pixel / out.width() % out.height();
        int image = pixel / out.width() / out.height();
        Window window = geometry.window();
        for (int i = 0; i < window.kernelHeight(); i++) {
          int inRow = row * window.strideHeight() - window.padding().top() + i * window.dilation();
          for (int j = 0; j < window.kernelWidth(); j++) {
            int inColumn =
                column * window.strideWidth() - window.padding().left() + j * window.dilation();
            if (inside(inRow, geometry.input().height())
                && inside(inColumn, geometry.input().width())) {
              tap(x, w, dy, at, filter, image, inRow, inColumn, i, j);
            }
          }
        }
      }
    }

    private static boolean inside(int index, int size) {
      return index >= 0 && index < size;
    }

    private void tap(
        float[] x,
        float[] w,
        float[] dy,
        int at,
        int filter,
        int image,
        int row,
        int column,
        int i,
        int j) {
      Shape in = geometry.input();
      int ins = in.channels() / geometry.groups();
      int outs = geometry.filters() / geometry.groups();
      int group = filter / outs;
      for (int c = 0; c < ins; c++) {
        int source =
            ((image * in.height() + row) * in.width() + column) * in.channels() + group * ins + c;
        int weight = weight(group, i, j, c, filter % outs, ins, outs);
        y[at] += (double) x[source] * w[weight];
        dx[source] += (double) dy[at] * w[weight];
        dw[weight] += (double) dy[at] * x[source];
      }
    }

    private int weight(int group, int i, int j, int c, int out, int ins, int outs) {
      Window window = geometry.window();
      int tap = i * window.kernelWidth() + j;
      int taps = window.kernelHeight() * window.kernelWidth();
      if (geometry.isDepthwise()) {
        return (tap * geometry.groups() + group) * outs + out;
      }
      return ((group * taps + tap) * ins + c) * outs + out;
    }
  }
}
