package org.finchnas.cli.view;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.finchnas.coordinator.cluster.ClusterState;
import org.finchnas.coordinator.cluster.ClusterState.WorkerState;
import org.finchnas.coordinator.cluster.ClusterStateFile;
import org.finchnas.coordinator.cluster.message.Held;
import org.finchnas.coordinator.slots.SlotBoard;

/** Who trains for a run at the moment: workers of a cluster, or slots of this machine. */
public record Workers(Path run) {

  private static final double QUIET_SECONDS = 5;

  /** Whether a cluster was the last to work on the run. */
  public boolean isCluster() {
    return written(cluster()).compareTo(written(slots())) > 0;
  }

  private Path cluster() {
    return run.resolve("cluster");
  }

  private Path slots() {
    return run.resolve("slots");
  }

  private static FileTime written(Path folder) {
    try {
      return Files.getLastModifiedTime(folder.resolve("state.json"));
    } catch (IOException e) {
      return FileTime.fromMillis(0);
    }
  }

  List<Map<String, Object>> json() {
    List<Map<String, Object>> json = new ArrayList<>();
    try {
      if (isCluster()) {
        Optional<ClusterState> state = ClusterStateFile.read(cluster());
        state.ifPresent(cluster -> cluster.workers().forEach(each -> json.add(json(each))));
      } else {
        SlotBoard.read(slots()).forEach(each -> json.add(json(each)));
      }
    } catch (IOException e) {
      // Another look comes soon.
      return json;
    }
    return json;
  }

  private static Map<String, Object> json(SlotBoard.Work work) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", "slot " + work.slot());
    json.put("slots", 1);
    json.put("busy", 1);
    json.put("candidate", work.number());
    json.put("since", work.sinceMillis());
    json.put("epochs", work.epochsDone());
    json.put("of", work.epochs());
    return json;
  }

  private static Map<String, Object> json(WorkerState worker) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", worker.introduction().name());
    json.put("host", worker.introduction().host());
    json.put("device", worker.introduction().devices().get(0).name());
    json.put("slots", worker.slots());
    json.put("busy", worker.busy());
    json.put("done", worker.done());
    if (worker.silentSeconds() >= QUIET_SECONDS) {
      json.put("silent", Math.round(worker.silentSeconds()));
    }
    json.put("work", worker.held().stream().map(Workers::words).toList());
    return json;
  }

  private static String words(Held held) {
    return switch (held.epochs()) {
      case Held.FINISHED -> held.key() + ", done";
      case Held.FAILED -> held.key() + ", lost";
      default -> "%s, %d epochs".formatted(held.key(), held.epochs());
    };
  }
}
