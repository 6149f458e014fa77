package org.finchnas.benchmarks.cluster;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Measures one part and writes its figures to the standard output, for {@link ClusterBenchmark}.
 */
final class PartMain {

  private PartMain() {}

  public static void main(String[] arguments) throws Exception {
    JavaProcess.endWithParent();
    PrintStream answers =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    System.setOut(System.err);
    BenchmarkOptions options = BenchmarkOptions.of(arguments);
    for (Part part : options.parts()) {
      part.measure(options).forEach(figure -> answers.println(figure.encoded()));
    }
    // Ignite may have left threads behind.
    System.exit(0);
  }
}
