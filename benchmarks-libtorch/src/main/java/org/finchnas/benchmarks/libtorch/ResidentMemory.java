package org.finchnas.benchmarks.libtorch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The memory of this process that is resident, as Linux counts it; on other systems 0. */
public final class ResidentMemory {

  private static final Path STATUS = Path.of("/proc/self/status");

  private ResidentMemory() {}

  /** Bytes that are resident now, garbage of the Java heap apart. */
  public static long idle() throws IOException {
    System.gc();
    return bytes("VmRSS:");
  }

  /** The most bytes that were ever resident. */
  public static long peak() throws IOException {
    return bytes("VmHWM:");
  }

  private static long bytes(String key) throws IOException {
    if (!Files.exists(STATUS)) {
      return 0;
    }
    return Files.readAllLines(STATUS).stream()
        .filter(line -> line.startsWith(key))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
        .findFirst()
        .orElse(0);
  }
}
