package org.finchnas.benchmarks.chaos;

import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** A process that stands still for 1 to 30 seconds, as on a machine that was put to sleep. */
final class Stops implements Disturbance {

  private final Map<Long, Integer> lasting = new HashMap<>();
  private final Map<Victim, Integer> counts = new EnumMap<>(Victim.class);

  @Override
  public Optional<String> strike(Cluster cluster, Random random, Agenda agenda) {
    Victim kind = Draws.oneOf(List.of(Victim.values()), random);
    Duration time = Draws.between1And30Seconds(random);
    return kind.choose(cluster, random).flatMap(node -> stop(kind, node, time, agenda));
  }

  private Optional<String> stop(Victim kind, Node node, Duration time, Agenda agenda) {
    Optional<ProcessHandle> process =
        kind == Victim.SLOT ? node.slots().stream().findFirst() : Optional.of(node.handle());
    if (process.isEmpty()) {
      return Optional.empty();
    }
    long pid = process.get().pid();
    if (!signal("STOP", pid)) {
      return Optional.empty();
    }
    lasting.merge(pid, 1, Integer::sum);
    agenda.add(time, () -> letGoOn(pid));
    counts.merge(kind, 1, Integer::sum);
    return Optional.of(
        "stopped %s%s for %.1f s"
            .formatted(
                kind == Victim.SLOT ? "a slot of " : "", node.name(), time.toMillis() / 1e3));
  }

  /** The last of stops that overlap decides. */
  private void letGoOn(long pid) {
    if (lasting.merge(pid, -1, Integer::sum) == 0) {
      signal("CONT", pid);
    }
  }

  private static boolean signal(String name, long pid) {
    return Shell.tryRun("kill", "-" + name, Long.toString(pid));
  }

  @Override
  public int spacing() {
    return 2;
  }

  int count(Victim kind) {
    return counts.getOrDefault(kind, 0);
  }
}
