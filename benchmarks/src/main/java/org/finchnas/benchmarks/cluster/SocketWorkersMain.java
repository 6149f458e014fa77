package org.finchnas.benchmarks.cluster;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.finchnas.coordinator.cluster.worker.WorkerNode;
import org.finchnas.evaluation.slot.SlotMessage.Ready;

/**
 * Many workers in one process, each with its own socket, threads and folder: {@code PORT FOLDER
 * FIRST COUNT SLOTS MEAN_SECONDS}.
 */
final class SocketWorkersMain {

  private static final int TIMER_THREADS = 8;

  private SocketWorkersMain() {}

  public static void main(String[] arguments) throws InterruptedException {
    JavaProcess.endWithParent();
    int port = Integer.parseInt(arguments[0]);
    Path folder = Path.of(arguments[1]);
    int first = Integer.parseInt(arguments[2]);
    int count = Integer.parseInt(arguments[3]);
    int slots = Integer.parseInt(arguments[4]);
    FakeTraining training = new FakeTraining(Double.parseDouble(arguments[5]));
    ScheduledExecutorService timer = Executors.newScheduledThreadPool(TIMER_THREADS);
    Ready images = Images.ready();
    List<Thread> threads = new ArrayList<>();
    for (int i = first; i < first + count; i++) {
      FakeWorker worker = new FakeWorker("worker-" + i, slots, training);
      WorkerNode node = worker.node(new SocketLink(port), folder, images, timer);
      threads.add(new Thread(() -> run(node), worker.name()));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private static void run(WorkerNode node) {
    try {
      node.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
