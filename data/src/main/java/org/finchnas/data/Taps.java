package org.finchnas.data;

/** The source pixels of each target pixel along one axis, with whole-number weights. */
final class Taps {

  private final int source;
  private final long whole;
  private final int[] first;
  private final long[][] weights;

  private Taps(int source, int size, long whole) {
    this.source = source;
    this.whole = whole;
    this.first = new int[size];
    this.weights = new long[size][];
  }

  static Taps of(int source, int size) {
    return size < source ? mean(source, size) : between(source, size);
  }

  int source() {
    return source;
  }

  int size() {
    return first.length;
  }

  /** What the weights of every target pixel sum to. */
  long whole() {
    return whole;
  }

  int first(int target) {
    return first[target];
  }

  int count(int target) {
    return weights[target].length;
  }

  long weight(int target, int tap) {
    return weights[target][tap];
  }

  /**
   * In units of 1 / size of a source pixel, target pixel t covers source × t … source × (t + 1).
   */
  private static Taps mean(int source, int size) {
    Taps taps = new Taps(source, size, source);
    for (int t = 0; t < size; t++) {
      long low = (long) source * t;
      long high = low + source;
      taps.first[t] = (int) (low / size);
      taps.weights[t] = new long[(int) ((high - 1) / size) - taps.first[t] + 1];
      for (int i = 0; i < taps.weights[t].length; i++) {
        long pixel = (long) (taps.first[t] + i) * size;
        taps.weights[t][i] = Math.min(high, pixel + size) - Math.max(low, pixel);
      }
    }
    return taps;
  }

  /** In units of 1 / (2 × size), the centre of target pixel t lies at (2t + 1) × source - size. */
  private static Taps between(int source, int size) {
    Taps taps = new Taps(source, size, 2L * size);
    for (int t = 0; t < size; t++) {
      long last = 2L * size * (source - 1);
      long centre = Math.max(0, Math.min(last, (2L * t + 1) * source - size));
      long far = centre % (2L * size);
      taps.first[t] = (int) (centre / (2L * size));
      taps.weights[t] = far == 0 ? new long[] {2L * size} : new long[] {2L * size - far, far};
    }
    return taps;
  }
}
