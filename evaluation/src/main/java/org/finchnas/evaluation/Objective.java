package org.finchnas.evaluation;

/**
 * A quantity with a direction.
 *
 * @param name as it stands in configurations and logs: {@code validationAccuracy}
 * @param unit what one of it is: {@code params}, {@code ms}, or empty for a share
 */
public record Objective(String name, Direction direction, String unit) {

  public static final Objective VALIDATION_ACCURACY =
      new Objective("validationAccuracy", Direction.MAXIMIZE, "");
  public static final Objective PARAMS = new Objective("params", Direction.MINIMIZE, "params");
  public static final Objective MACS = new Objective("macs", Direction.MINIMIZE, "MACs");
  public static final Objective PEAK_ACTIVATION_BYTES =
      new Objective("peakActivationBytes", Direction.MINIMIZE, "bytes");

  /** Of one inference, batch 1, as estimated for a named device. */
  public static final Objective LATENCY = new Objective("latencyMillis", Direction.MINIMIZE, "ms");

  /** Of the file that a search's configuration names, as it will be written. */
  public static final Objective FILE_BYTES =
      new Objective("fileBytes", Direction.MINIMIZE, "bytes");

  /** Whether {@code a} is strictly better than {@code b}. */
  public boolean isBetter(double a, double b) {
    return direction == Direction.MAXIMIZE ? a > b : a < b;
  }

  @Override
  public String toString() {
    return name;
  }
}
