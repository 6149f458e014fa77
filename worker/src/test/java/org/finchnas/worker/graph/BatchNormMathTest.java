package org.finchnas.worker.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Both arithmetics against the formulas, written out; scales are large, so that ReLU6 cuts above.
 */
class BatchNormMathTest {

  private static final int BATCH = 3;
  private static final int SIDE = 31;

  @ParameterizedTest(name = "{0} channels, {1}, seed {2}")
  @CsvSource({"1, NONE, 1", "5, RELU, 2", "7, RELU6, 3", "64, RELU6, 4", "1500, RELU, 5"})
  void bothFollowTheFormulas(int channels, String range, long seed) {
    Clip clip =
        switch (range) {
          case "RELU" -> Clip.RELU;
          case "RELU6" -> Clip.RELU6;
          default -> Clip.NONE;
        };
    INDArray x = random(channels, seed, 2).addi(1);
    INDArray dy = random(channels, seed + 100, 1);
    check(x, dy, new FusedBatchNorm(channels, clip), clip, 2e-4);
    DataType exact = DataType.DOUBLE;
    check(x.castTo(exact), dy.castTo(exact), new PlainBatchNorm(clip), clip, 1e-9);
  }

  private static INDArray random(int channels, long seed, double deviation) {
    Random random = new Random(seed);
    int side = channels > 100 ? 2 : SIDE;
    float[] values = new float[BATCH * side * side * channels];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (deviation * random.nextGaussian());
    }
    return Nd4j.createFromArray(values).reshape('c', BATCH, side, side, channels);
  }

  private static void check(INDArray x, INDArray dy, BatchNormMath math, Clip clip, double error) {
    int channels = (int) x.size(3);
    BatchNormMath.Moments moments = math.moments(x);
    double[] inverse = new double[channels];
    double[] gamma = new double[channels];
    double[] beta = new double[channels];
    for (int c = 0; c < channels; c++) {
      inverse[c] = 1 / Math.sqrt(moments.variance()[c] + 1e-3);
      gamma[c] = 4 - c % 3;
      beta[c] = c % 4 - 1;
    }
    BatchNormMath.Applied applied = new BatchNormMath.Applied(moments.mean(), inverse, gamma, beta);
    INDArray y = x.like();
    INDArray dx = x.like();
    math.transform(x, applied, y);
    INDArray given = dy.dup();
    BatchNormMath.Gradients gradients = math.backward(x, dy, applied, dx);
    assertThat(dy).isEqualTo(given);
    math.backward(x, given, applied, given);
    assertThat(given).as("in place").isEqualTo(dx);
    for (int c = 0; c < channels; c++) {
      double[] values = channel(x, c);
      Expected expected = Expected.of(values, channel(dy, c), gamma[c], beta[c], clip);
      assertThat(moments.mean()[c]).isCloseTo(expected.mean, within(error));
      assertThat(channel(y, c)).containsExactly(expected.y, within(error));
      assertThat(channel(dx, c)).containsExactly(expected.dx, within(error));
      assertThat(gradients.gamma()[c]).isCloseTo(expected.dgamma, within(error * values.length));
      assertThat(gradients.beta()[c]).isCloseTo(expected.dbeta, within(error * values.length));
    }
  }

  private static double[] channel(INDArray map, int channel) {
    double[] all = map.data().asDouble();
    int channels = (int) map.size(3);
    double[] values = new double[all.length / channels];
    for (int i = 0; i < values.length; i++) {
      values[i] = all[i * channels + channel];
    }
    return values;
  }

  /** What the formulas of the paper (arXiv 1502.03167) say of one channel. */
  private static final class Expected {
    private double mean;
    private double dgamma;
    private double dbeta;
    private double[] y = {};
    private double[] dx = {};

    static Expected of(double[] x, double[] dy, double gamma, double beta, Clip clip) {
      Expected result = new Expected();
      int n = x.length;
      for (double value : x) {
        result.mean += value / n;
      }
      double variance = 0;
      for (double value : x) {
        variance += (value - result.mean) * (value - result.mean) / n;
      }
      double inverse = 1 / Math.sqrt(variance + 1e-3);
      result.y = new double[n];
      result.dx = new double[n];
      double[] normalised = new double[n];
      double[] own = new double[n];
      for (int i = 0; i < n; i++) {
        normalised[i] = (x[i] - result.mean) * inverse;
        double before = gamma * normalised[i] + beta;
        result.y[i] = Math.min(clip.high(), Math.max(clip.low(), before));
        own[i] = before > clip.low() && before < clip.high() ? dy[i] : 0;
        result.dgamma += own[i] * normalised[i];
        result.dbeta += own[i];
      }
      for (int i = 0; i < n; i++) {
        result.dx[i] =
            gamma * inverse * (own[i] - result.dbeta / n - normalised[i] * result.dgamma / n);
      }
      return result;
    }
  }
}
