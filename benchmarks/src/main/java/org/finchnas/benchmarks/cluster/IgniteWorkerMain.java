package org.finchnas.benchmarks.cluster;

import java.nio.file.Path;
import java.util.concurrent.Executors;
import org.finchnas.coordinator.cluster.worker.CoordinatorLink;
import org.finchnas.coordinator.ignite.IgniteLink;

/** A worker process with an Ignite client: {@code PORT KEYS FOLDER NAME SLOTS MEAN_SECONDS}. */
final class IgniteWorkerMain {

  private IgniteWorkerMain() {}

  public static void main(String[] arguments) throws InterruptedException {
    JavaProcess.endWithParent();
    Nodes nodes = new Nodes(Integer.parseInt(arguments[0]), arguments[1]);
    int slots = Integer.parseInt(arguments[4]);
    FakeWorker worker =
        new FakeWorker(arguments[3], slots, new FakeTraining(Double.parseDouble(arguments[5])));
    try (CoordinatorLink link =
        new IgniteLink(nodes.endpoint(), nodes.workerSecurity(), FakeWorker.BUILD, line -> {})) {
      worker
          .node(
              link,
              Path.of(arguments[2]),
              Images.ready(),
              Executors.newScheduledThreadPool(Math.min(slots, 4)))
          .run();
    }
  }
}
