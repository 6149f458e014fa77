package org.finchnas.benchmarks.chaos;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.finchnas.benchmarks.chaos.Namespaces.Cut;

/** A worker that cannot be reached for 1 to 30 seconds, while it goes on. */
final class Cuts implements Disturbance {

  private final Namespaces network;
  private final Map<Integer, Integer> lasting = new HashMap<>();
  private int count;

  Cuts(Namespaces network) {
    this.network = network;
  }

  @Override
  public Optional<String> strike(Cluster cluster, Random random, Agenda agenda) {
    int worker = random.nextInt(cluster.workers().size());
    Cut cut = Draws.oneOf(List.of(Cut.values()), random);
    Duration time = Draws.between1And30Seconds(random);
    network.cut(worker, cut);
    lasting.merge(worker, 1, Integer::sum);
    agenda.add(time, () -> heal(worker));
    count++;
    return Optional.of(
        "cut off worker-%d for %.1f s: %s"
            .formatted(
                worker,
                time.toMillis() / 1e3,
                cut == Cut.LOST ? "its packets are lost" : "its device is down"));
  }

  /** The last of cuts that overlap decides. */
  private void heal(int worker) {
    if (lasting.merge(worker, -1, Integer::sum) == 0) {
      network.heal(worker);
    }
  }

  @Override
  public int spacing() {
    return 2;
  }

  int count() {
    return count;
  }
}
