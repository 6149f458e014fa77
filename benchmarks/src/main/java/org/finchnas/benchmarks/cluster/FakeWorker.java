package org.finchnas.benchmarks.cluster;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import org.finchnas.coordinator.cluster.message.Device;
import org.finchnas.coordinator.cluster.message.Introduction;
import org.finchnas.coordinator.cluster.worker.CoordinatorLink;
import org.finchnas.coordinator.cluster.worker.WorkerListener;
import org.finchnas.coordinator.cluster.worker.WorkerNode;
import org.finchnas.coordinator.cluster.worker.WorkerParams;
import org.finchnas.evaluation.slot.SlotMessage.Ready;

/**
 * A worker as Finch's own is, with fake trainings.
 *
 * @param name of the worker and of its folder
 */
record FakeWorker(String name, int slots, FakeTraining training) {

  /** What all nodes of the benchmark say they are. */
  static final String BUILD = "benchmark";

  /** To be run by a thread of its own. */
  WorkerNode node(CoordinatorLink link, Path folder, Ready images, ScheduledExecutorService timer) {
    Introduction introduction =
        new Introduction(
            name,
            "here",
            ProcessHandle.current().pid(),
            BUILD,
            List.of(new Device(false, "none", 0)));
    WorkerParams params =
        new WorkerParams(
            introduction, folder.resolve(name), null, Images.cache(), Duration.ofSeconds(1));
    return new WorkerNode(
        params,
        link,
        (task, settings, logs) -> new FakeSite(slots, training, images, task, timer),
        WorkerListener.NONE);
  }
}
