package org.finchnas.coordinator.cluster;

import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.finchnas.coordinator.cluster.message.Held;
import org.finchnas.coordinator.cluster.message.Introduction;

/** A worker as its coordinator sees it. Guarded by its {@link Dispatcher}. */
final class Member {

  private final String id;
  private final Introduction introduction;

  /** What it holds: as it last said, and what it was given since. */
  private final Set<Job> jobs = new HashSet<>();

  /** Not final: when it was last heard of. */
  long lastHeardNanos;

  /** Not final: messages of it that are being answered. */
  int unanswered;

  /** Not final: 0 until its slots are ready. */
  int slots;

  /** Not final: empty until its slots are ready. */
  Optional<String> numericClass = Optional.empty();

  /** Not final: how many slots had nothing to do when it was last asked. */
  int free;

  /** Not final: what it had in hand when it last said so. */
  List<Held> held = List.of();

  /** Not final: evaluations it delivered. */
  int done;

  Member(String id, Introduction introduction, long nowNanos) {
    this.id = id;
    this.introduction = introduction;
    this.lastHeardNanos = nowNanos;
  }

  String id() {
    return id;
  }

  Introduction introduction() {
    return introduction;
  }

  boolean isReady() {
    return numericClass.isPresent();
  }

  Set<Job> jobs() {
    return Collections.unmodifiableSet(jobs);
  }

  void take(Job job) {
    jobs.add(job);
    job.holders.put(id, this);
  }

  void drop(Job job) {
    jobs.remove(job);
    job.holders.remove(id);
  }

  /** How far it is with something, as it last said; less than none if it said nothing of it. */
  int epochs(String key) {
    return held.stream()
        .filter(each -> each.key().equals(key))
        .mapToInt(Held::epochs)
        .findFirst()
        .orElse(-1);
  }

  boolean holds(String key) {
    return held.stream().anyMatch(each -> each.key().equals(key));
  }
}
