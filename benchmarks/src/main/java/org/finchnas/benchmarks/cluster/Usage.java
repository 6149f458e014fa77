package org.finchnas.benchmarks.cluster;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * What this process, the coordinator, has used at a moment.
 *
 * @param threads processor time in nanoseconds of all threads of a name, without their numbers
 * @param messages requests of workers so far
 * @param evaluations delivered so far
 */
record Usage(
    Instant at,
    long nanoTime,
    long cpuNanos,
    Map<String, Long> threads,
    long messages,
    int evaluations) {

  static Usage now(long messages, int evaluations) {
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return new Usage(
        Instant.now(),
        System.nanoTime(),
        system.getProcessCpuTime(),
        byThread(),
        messages,
        evaluations);
  }

  /** As the kernel counts: Java does not tell of its compiler's threads. */
  private static Map<String, Long> byThread() {
    Map<String, Long> nanos = new HashMap<>();
    try (DirectoryStream<Path> threads = Files.newDirectoryStream(Path.of("/proc/self/task"))) {
      for (Path thread : threads) {
        try {
          String name = Files.readString(thread.resolve("comm")).strip();
          String time = Files.readString(thread.resolve("schedstat")).split(" ")[0];
          nanos.merge(
              name.replaceAll("[-#]+[0-9].*$|[0-9]+$", ""), Long.parseLong(time), Long::sum);
        } catch (IOException e) {
          // It has ended.
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return nanos;
  }

  /** What was used from this moment to another. */
  Difference to(Usage later) {
    return new Difference(this, later);
  }

  /** Resident memory of this process in bytes. */
  static long residentBytes() {
    try {
      return Files.readAllLines(Path.of("/proc/self/status")).stream()
              .filter(line -> line.startsWith("VmRSS:"))
              .map(line -> line.replaceAll("[^0-9]", ""))
              .mapToLong(Long::parseLong)
              .findFirst()
              .orElseThrow()
          << 10;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What was used between two moments. */
  record Difference(Usage from, Usage to) {

    double seconds() {
      return (to.nanoTime - from.nanoTime) / 1e9;
    }

    int evaluations() {
      return to.evaluations - from.evaluations;
    }

    double evaluationsPerSecond() {
      return evaluations() / seconds();
    }

    double messagesPerSecond() {
      return (to.messages - from.messages) / seconds();
    }

    double messagesPerEvaluation() {
      return (double) (to.messages - from.messages) / evaluations();
    }

    double cpuMillisPerMessage() {
      return (to.cpuNanos - from.cpuNanos) / 1e6 / (to.messages - from.messages);
    }

    /** Processors kept busy. */
    double cores() {
      return (to.cpuNanos - from.cpuNanos) / 1e9 / seconds();
    }

    double cpuMillisPerEvaluation() {
      return (to.cpuNanos - from.cpuNanos) / 1e6 / evaluations();
    }

    /** Of threads whose name begins so. */
    double cpuMillisPerEvaluation(String thread) {
      long nanos = 0;
      for (String name : to.threads.keySet()) {
        if (name.startsWith(thread)) {
          nanos += to.threads.get(name) - from.threads.getOrDefault(name, 0L);
        }
      }
      return nanos / 1e6 / evaluations();
    }

    /** Of Java's compiler, which has nothing to do in a search that has run for a while. */
    double compilerMillisPerEvaluation() {
      return cpuMillisPerEvaluation("C1 ") + cpuMillisPerEvaluation("C2 ");
    }

    /** By thread, for whoever looks for what takes the time. */
    String byThread() {
      StringBuilder text = new StringBuilder();
      to.threads.keySet().stream()
          .filter(name -> cpuMillisPerEvaluation(name) >= 0.005)
          .sorted((a, b) -> Double.compare(cpuMillisPerEvaluation(b), cpuMillisPerEvaluation(a)))
          .forEach(name -> text.append("%s %.3f, ".formatted(name, cpuMillisPerEvaluation(name))));
      return text.toString();
    }
  }
}
