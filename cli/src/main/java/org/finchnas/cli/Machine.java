package org.finchnas.cli;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.finchnas.coordinator.cluster.message.Device;

/** What this machine trains with, for people and for who decides which candidate fits where. */
final class Machine {

  private static final long MEBIBYTE = 1L << 20;
  private static final long PATIENCE_SECONDS = 10;

  private Machine() {}

  /** Its processor, with all memory of the machine. */
  static Device cpu() {
    var system =
        ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class);
    return new Device(false, cpuName(), system.getTotalMemorySize());
  }

  private static String cpuName() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(System.getProperty("os.arch"));
    } catch (IOException e) {
      // No such file outside Linux.
      return System.getProperty("os.arch");
    }
  }

  /** A GPU as its driver's own tool describes it; without the tool, its number is its name. */
  static Device gpu(String id) {
    ProcessBuilder command =
        new ProcessBuilder(
            List.of(
                "nvidia-smi",
                "-i",
                id,
                "--query-gpu=name,memory.total",
                "--format=csv,noheader,nounits"));
    try {
      Process process = command.redirectError(ProcessBuilder.Redirect.DISCARD).start();
      process.getOutputStream().close();
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return new Device(true, "GPU " + id, 0);
      }
      String line =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      String[] fields = line.split(",");
      return new Device(true, fields[0].strip(), Long.parseLong(fields[1].strip()) * MEBIBYTE);
    } catch (IOException | IndexOutOfBoundsException | NumberFormatException e) {
      return new Device(true, "GPU " + id, 0);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Device(true, "GPU " + id, 0);
    }
  }
}
