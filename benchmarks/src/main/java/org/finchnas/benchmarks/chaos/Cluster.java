package org.finchnas.benchmarks.chaos;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A coordinator that runs one search after the other, and workers that serve all of them. */
final class Cluster implements AutoCloseable {

  private final Setup setup;
  private final Network network;
  private final Path folder;
  private final List<Node> workers = new ArrayList<>();

  /** Not final: that of the search that runs. */
  private @Nullable Node coordinator;

  /**
   * @param folder for runs, workers' folders and what all say
   */
  Cluster(Setup setup, Network network, Path folder) {
    this.setup = setup;
    this.network = network;
    this.folder = folder;
    for (int i = 0; i < setup.workers(); i++) {
      workers.add(worker(i));
    }
  }

  private Node worker(int index) {
    String name = "worker-" + index;
    List<String> arguments =
        new ArrayList<>(List.of("worker", "--join", network.endpoint().toString()));
    arguments.addAll(List.of("--name", name, "--slots", "1", "--verbose"));
    arguments.addAll(List.of("--dir", folder.resolve(name).toString()));
    arguments.addAll(network.workerOptions());
    return new Node(
        name,
        () -> setup.finch().processBuilder(network.workerPrefix(index), arguments),
        folder.resolve(name + ".log"));
  }

  void startWorkers() {
    workers.forEach(Node::start);
  }

  /** Begins a search, or goes on with it. */
  void search(Path run) {
    Node next =
        new Node(
            "coordinator",
            () ->
                setup
                    .finch()
                    .processBuilder(network.coordinatorPrefix(), coordinatorArguments(run)),
            folder.resolve(run.getFileName() + ".log"));
    coordinator = next;
    next.start();
  }

  private List<String> coordinatorArguments(Path run) {
    boolean begun = Files.exists(run.resolve("provenance.json"));
    List<String> arguments =
        new ArrayList<>(begun ? List.of("resume", run.toString()) : setup.search(run));
    arguments.add("--cluster");
    arguments.addAll(List.of("--port", Integer.toString(network.endpoint().port())));
    arguments.addAll(network.coordinatorOptions());
    return arguments;
  }

  Path folder() {
    return folder;
  }

  List<Node> workers() {
    return workers;
  }

  Node coordinator() {
    Node current = coordinator;
    if (current == null) {
      throw new IllegalStateException("No search was begun.");
    }
    return current;
  }

  /** Ends all its processes. */
  @Override
  public void close() {
    if (coordinator != null) {
      coordinator.retire();
    }
    workers.forEach(Node::retire);
  }
}
