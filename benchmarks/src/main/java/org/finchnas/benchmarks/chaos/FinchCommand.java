package org.finchnas.benchmarks.chaos;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The finch command as its launcher starts it, from the class path of this process.
 *
 * @param home of Finch's sources
 * @param cache for decoded images
 */
record FinchCommand(Path home, Path cache) {

  private static final String MAIN_CLASS = "org.finchnas.cli.Finch";

  /**
   * A process to start.
   *
   * @param prefix what its command begins with, such as a network namespace to run in
   */
  ProcessBuilder processBuilder(List<String> prefix, List<String> arguments) {
    List<String> command = new ArrayList<>(prefix);
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xshare:auto",
            "-XX:+UseSerialGC",
            "-Xmx512m",
            // They do not live long enough for a compiler's work to pay.
            "-XX:TieredStopAtLevel=1",
            "-Dorg.bytedeco.javacpp.maxbytes=0",
            "-Dorg.bytedeco.javacpp.maxphysicalbytes=0",
            "-Dfinch.home=" + home,
            "@" + home.resolve("coordinator/src/main/jvm/ignite.arguments"),
            "-cp",
            System.getProperty("java.class.path"),
            MAIN_CLASS));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("FINCH_CACHE", cache.toString());
    builder.environment().put("OMP_NUM_THREADS", "1");
    return builder;
  }
}
