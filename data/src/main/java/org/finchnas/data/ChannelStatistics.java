package org.finchnas.data;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Mean and deviation of each colour channel, what standardisation subtracts and divides by. Summed
 * in integers, so neither the order of images nor the machine matters.
 *
 * @param mean one per channel, in [0, 255]
 * @param deviation population standard deviation, one per channel, in [0, 127.5]
 */
public record ChannelStatistics(List<Double> mean, List<Double> deviation) {

  public ChannelStatistics {
    mean = List.copyOf(mean);
    deviation = List.copyOf(deviation);
    if (mean.isEmpty() || mean.size() != deviation.size()) {
      throw new IllegalArgumentException(
          "mean (%d values) and deviation (%d values) must have one value a channel"
              .formatted(mean.size(), deviation.size()));
    }
  }

  /** Of all images of a set. */
  public static ChannelStatistics of(ImageSet images) {
    return of(images, IntStream.range(0, images.size()).toArray());
  }

  /** Of chosen images of a set. */
  public static ChannelStatistics of(ImageSet images, int[] chosen) {
    if (chosen.length == 0) {
      throw new IllegalArgumentException("channel statistics need at least one image");
    }
    long count = (long) chosen.length * images.height() * images.width();
    List<Double> means = new ArrayList<>();
    List<Double> deviations = new ArrayList<>();
    for (int channel = 0; channel < images.channels(); channel++) {
      long[] sums = sums(images, chosen, channel);
      means.add((double) sums[0] / count);
      deviations.add(deviation(count, sums[0], sums[1]));
    }
    return new ChannelStatistics(means, deviations);
  }

  /**
   * The standardised value of every byte of a channel, (value - mean) ÷ deviation: a table of 256.
   * A channel that never changes is divided by 1.
   */
  public float[] table(int channel) {
    double divisor = deviation.get(channel) > 0 ? deviation.get(channel) : 1;
    float[] table = new float[256];
    for (int value = 0; value < table.length; value++) {
      table[value] = (float) ((value - mean.get(channel)) / divisor);
    }
    return table;
  }

  private static long[] sums(ImageSet images, int[] chosen, int channel) {
    int plane = images.height() * images.width();
    ByteBuffer pixels = images.pixels();
    long sum = 0;
    long squares = 0;
    for (int image : chosen) {
      int start = image * images.imageBytes() + channel * plane;
      for (int i = start; i < start + plane; i++) {
        long value = pixels.get(i) & 0xff;
        sum += value;
        squares += value * value;
      }
    }
    return new long[] {sum, squares};
  }

  /** √(count·Σx² - (Σx)²) ÷ count; the products outgrow a long. */
  private static double deviation(long count, long sum, long squares) {
    BigInteger n = BigInteger.valueOf(count);
    BigInteger variance =
        n.multiply(BigInteger.valueOf(squares)).subtract(BigInteger.valueOf(sum).pow(2));
    return Math.sqrt(variance.doubleValue()) / count;
  }
}
