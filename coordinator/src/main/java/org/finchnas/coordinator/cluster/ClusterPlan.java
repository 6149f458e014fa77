package org.finchnas.coordinator.cluster;

import java.time.Duration;
import java.util.List;
import org.finchnas.coordinator.cluster.message.Reply.SlotSettings;
import org.finchnas.evaluation.TrainingTask;
import org.jspecify.annotations.Nullable;

/**
 * How a cluster works on a run.
 *
 * @param run names the run, so that a worker tells it from another that its coordinator had before
 * @param build version of Finch that all must have
 * @param task what trainings share; workers put their own directories in it
 * @param images in each resolution that is trained on; first that of the full fidelity
 * @param numericClass what all must compute as; null if the first worker decides
 * @param mixed whether workers may compute differently
 * @param settings how workers run their slots
 * @param lease how long nothing may be heard of a worker before its work is given to others
 * @param grace how long after the first message nothing is given out, so that workers of a
 *     coordinator that died can say what they have in hand
 */
public record ClusterPlan(
    String run,
    String build,
    TrainingTask task,
    List<ClusterImages> images,
    @Nullable String numericClass,
    boolean mixed,
    SlotSettings settings,
    Duration lease,
    Duration grace) {

  public static final Duration DEFAULT_LEASE = Duration.ofSeconds(15);

  /** Workers try again every two seconds at least. */
  public static final Duration DEFAULT_GRACE = Duration.ofSeconds(3);

  /** Signs of life in a lease: some may be lost or late without harm. */
  private static final int BEATS_PER_LEASE = 6;

  public ClusterPlan {
    images = List.copyOf(images);
    if (images.isEmpty()) {
      throw new IllegalArgumentException("A cluster needs images.");
    }
    if (lease.toMillis() < BEATS_PER_LEASE || grace.isNegative()) {
      throw new IllegalArgumentException(
          "A cluster needs a lease (%s) of at least %d ms and a grace (%s) of 0 or more."
              .formatted(lease, BEATS_PER_LEASE, grace));
    }
  }

  /** What the images in full resolution are known by. */
  String dataHash() {
    return images.get(0).hash();
  }

  /** How often a worker with nothing to tell gives a sign of life. */
  long beatMillis() {
    return lease.toMillis() / BEATS_PER_LEASE;
  }
}
