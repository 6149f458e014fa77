package org.finchnas.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.finchnas.coordinator.cluster.ClusterState;
import org.finchnas.coordinator.cluster.ClusterState.WorkerState;
import org.finchnas.coordinator.cluster.message.Held;

/**
 * Where a cluster stands, as people and programs are told.
 *
 * @param state empty if no cluster works on the run
 */
record ClusterLines(Optional<ClusterState> state) {

  private static final double QUIET_SECONDS = 5;

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    state.ifPresent(
        cluster -> {
          lines.add(
              "  cluster      %s, %s · %s with workers, %d waiting · %d retries, %s lost"
                  .formatted(
                      Quantity.of(cluster.workers().size(), "worker"),
                      Quantity.of(cluster.readySlots(), "slot"),
                      Quantity.of(cluster.leased(), "candidate"),
                      cluster.waiting(),
                      cluster.retries(),
                      Quantity.of(cluster.lostWorkers(), "worker")));
          cluster.workers().forEach(worker -> lines.add("    " + line(worker)));
        });
    return lines;
  }

  private static String line(WorkerState worker) {
    String doing =
        worker.slots() == 0
            ? "getting ready"
            : "%d of %d slots busy, %d done"
                .formatted(worker.busy(), worker.slots(), worker.done());
    String quiet =
        worker.silentSeconds() < QUIET_SECONDS
            ? ""
            : " · silent for %.0f s".formatted(worker.silentSeconds());
    return "%s (%s, process %d) · %s · %s%s"
        .formatted(
            worker.introduction().name(),
            worker.introduction().host(),
            worker.introduction().process(),
            worker.introduction().devices().get(0).name(),
            doing,
            quiet);
  }

  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    state.ifPresent(cluster -> json.put("cluster", json(cluster)));
    return json;
  }

  private static Map<String, Object> json(ClusterState cluster) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("slots", cluster.readySlots());
    json.put("leased", cluster.leased());
    json.put("waiting", cluster.waiting());
    json.put("retries", cluster.retries());
    json.put("duplicates", cluster.duplicates());
    json.put("lostWorkers", cluster.lostWorkers());
    json.put("workers", cluster.workers().stream().map(ClusterLines::json).toList());
    return json;
  }

  private static Map<String, Object> json(WorkerState worker) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", worker.introduction().name());
    json.put("host", worker.introduction().host());
    json.put("process", worker.introduction().process());
    json.put(
        "devices",
        worker.introduction().devices().stream()
            .map(device -> Map.of("name", device.name(), "memoryBytes", device.memoryBytes()))
            .toList());
    json.put("slots", worker.slots());
    json.put("busy", worker.busy());
    json.put("done", worker.done());
    json.put("silentSeconds", worker.silentSeconds());
    json.put("numericClass", worker.numericClass());
    json.put("work", worker.held().stream().map(ClusterLines::json).toList());
    return json;
  }

  private static Map<String, Object> json(Held held) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("key", held.key());
    boolean trains = held.epochs() != Held.FINISHED && held.epochs() != Held.FAILED;
    json.put("finished", !trains);
    if (trains) {
      json.put("epochs", held.epochs());
    }
    return json;
  }
}
