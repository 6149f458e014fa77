package org.finchnas.benchmarks.chaos;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Something that goes wrong at random. */
interface Disturbance {

  /**
   * Does it once.
   *
   * @param agenda takes what is to be put right later
   * @return what was done, for people; empty if there was nothing to disturb
   */
  Optional<String> strike(Cluster cluster, Random random, Agenda agenda);

  /** How much farther apart than those that take no time, so that not all is disturbed at once. */
  default int spacing() {
    return 1;
  }

  /** When workers were killed, by the id of their process. */
  default Map<Long, Instant> killedWorkers() {
    return Map.of();
  }
}
