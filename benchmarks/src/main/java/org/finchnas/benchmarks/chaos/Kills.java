package org.finchnas.benchmarks.chaos;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/** Signal 9 for a process, which is started again a little later. */
final class Kills implements Disturbance {

  private static final int LONGEST_ABSENCE_MILLIS = 2000;

  private static final int TIME_TO_GET_WORK = 4;

  private final List<Victim> kinds;
  private final int spacing;
  private final Map<Victim, Integer> counts = new EnumMap<>(Victim.class);
  private final Map<Long, Instant> killedWorkers = new TreeMap<>();

  private Kills(List<Victim> kinds, int spacing) {
    this.kinds = kinds;
    this.spacing = spacing;
  }

  /** Of all kinds of processes, each equally often. */
  static Kills ofAll() {
    return new Kills(List.of(Victim.values()), 1);
  }

  /**
   * Of workers that had time to get work, while the coordinator lives: one that was killed forgets
   * since when it has not heard of a worker.
   */
  static Kills ofWorkersAlone() {
    return new Kills(List.of(Victim.WORKER), TIME_TO_GET_WORK);
  }

  @Override
  public Optional<String> strike(Cluster cluster, Random random, Agenda agenda) {
    Victim kind = rarest(random);
    Duration absence = Duration.ofMillis(random.nextInt(LONGEST_ABSENCE_MILLIS));
    return kind.choose(cluster, random).flatMap(node -> kill(kind, node, absence, agenda));
  }

  /** All kinds come equally often, so that a few kills are enough for each. */
  private Victim rarest(Random random) {
    int fewest = kinds.stream().mapToInt(this::count).min().orElseThrow();
    List<Victim> rarest = kinds.stream().filter(kind -> count(kind) == fewest).toList();
    return Draws.oneOf(rarest, random);
  }

  private Optional<String> kill(Victim kind, Node node, Duration absence, Agenda agenda) {
    String what;
    if (kind == Victim.SLOT) {
      List<ProcessHandle> slots = node.slots();
      if (slots.isEmpty()) {
        return Optional.empty();
      }
      // Its worker starts another one.
      slots.get(0).destroyForcibly();
      what = "killed a slot of %s".formatted(node.name());
    } else {
      node.kill();
      agenda.add(absence, node::start);
      what = "killed %s for %d ms".formatted(node.name(), absence.toMillis());
    }
    if (kind == Victim.WORKER) {
      killedWorkers.put(node.pid(), Instant.now());
    }
    counts.merge(kind, 1, Integer::sum);
    return Optional.of(what);
  }

  @Override
  public int spacing() {
    return spacing;
  }

  int count(Victim kind) {
    return counts.getOrDefault(kind, 0);
  }

  @Override
  public Map<Long, Instant> killedWorkers() {
    return Map.copyOf(killedWorkers);
  }
}
