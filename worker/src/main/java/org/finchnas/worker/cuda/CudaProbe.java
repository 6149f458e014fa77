package org.finchnas.worker.cuda;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.finchnas.worker.CudaRuntime;
import org.finchnas.worker.NoCudaException;

/**
 * The process that asks CUDA for its GPUs: prints a line for each, empty where it can be used,
 * otherwise why not.
 */
final class CudaProbe {

  /**
   * ND4J 1.0.0-M2.1 carries machine code for compute capabilities 3.7 to 8.6, which later ones
   * below 9 run too, and nothing that a newer GPU could translate.
   */
  private static final int NEWEST = 8;

  private CudaProbe() {}

  /** A line: what keeps a GPU from being used, empty if nothing does. */
  record Answer(String problem) {

    static Answer of(CudaRuntime.Device device) {
      return new Answer(
          device.major() <= NEWEST ? "" : device + " is newer than what ND4J's CUDA code runs on");
    }

    static Answer parse(String line) {
      return new Answer(line.strip());
    }
  }

  public static void main(String[] arguments) {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    try {
      CudaRuntime.devices().forEach(device -> out.println(Answer.of(device).problem()));
    } catch (NoCudaException e) {
      out.println(e.reason());
    }
    out.flush();
    // Without waiting for what the driver does at exit.
    Runtime.getRuntime().halt(0);
  }
}
