package org.finchnas.benchmarks.cluster;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.finchnas.coordinator.cluster.message.Device;
import org.finchnas.coordinator.cluster.message.Introduction;
import org.finchnas.coordinator.cluster.message.Request;
import org.finchnas.coordinator.cluster.message.Wire;
import org.finchnas.coordinator.cluster.worker.CoordinatorLink;
import org.finchnas.coordinator.ignite.IgniteLink;

/**
 * The time from a worker's request to the reply it reads, one after the other, at a coordinator
 * with nothing else to do: {@code PORT KEYS}.
 */
final class RoundTrips {

  private static final int WARM_UP = 3000;
  private static final int CALLS = 3000;

  private RoundTrips() {}

  /**
   * In milliseconds.
   *
   * @param cpu of the coordinator for a message
   */
  record Times(double median, double percentile99, double cpu) {}

  static Times measure(Nodes nodes) throws IOException {
    try (FakeCluster cluster = new FakeCluster("round-trips", nodes, List.of());
        JavaProcess worker =
            JavaProcess.coordinator(
                RoundTrips.class, Integer.toString(nodes.port()), nodes.keys())) {
      requireLine(worker);
      Usage start = Usage.now(cluster.state().messages(), 0);
      String[] times = requireLine(worker).split(" ");
      Usage end = Usage.now(cluster.state().messages(), 0);
      return new Times(
          Double.parseDouble(times[0]),
          Double.parseDouble(times[1]),
          start.to(end).cpuMillisPerMessage());
    }
  }

  private static String requireLine(JavaProcess worker) throws IOException {
    String line = worker.readLine();
    if (line == null) {
      throw new IllegalStateException("There were no round trips; what happened is above.");
    }
    return line;
  }

  public static void main(String[] arguments) throws IOException {
    JavaProcess.endWithParent();
    Nodes nodes = new Nodes(Integer.parseInt(arguments[0]), arguments[1]);
    Introduction introduction =
        new Introduction("caller", "here", 1, FakeWorker.BUILD, List.of(new Device(false, "", 0)));
    byte[] hello = Wire.encode(new Request.Hello("caller", introduction));
    double[] millis = new double[CALLS];
    try (CoordinatorLink link =
        new IgniteLink(nodes.endpoint(), nodes.workerSecurity(), FakeWorker.BUILD, line -> {})) {
      for (int i = -WARM_UP; i < CALLS; i++) {
        long start = System.nanoTime();
        link.call(hello);
        if (i == -1) {
          System.out.println("warm");
        } else if (i >= 0) {
          millis[i] = (System.nanoTime() - start) / 1e6;
        }
      }
    }
    Arrays.sort(millis);
    System.out.printf("%s %s%n", millis[CALLS / 2], millis[CALLS * 99 / 100]);
    System.out.flush();
  }
}
