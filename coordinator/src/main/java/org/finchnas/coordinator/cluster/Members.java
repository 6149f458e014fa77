package org.finchnas.coordinator.cluster;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.finchnas.coordinator.cluster.message.Request;
import org.finchnas.coordinator.cluster.message.Result;
import org.jspecify.annotations.Nullable;

/** The workers of a cluster, and who may be one. Guarded by its {@link Dispatcher}. */
final class Members {

  private final ClusterPlan plan;
  private final Map<String, Member> members = new LinkedHashMap<>();

  /** Not final: null until the first worker decides. */
  private @Nullable String numericClass;

  /** Not final: null until anybody was heard. */
  private @Nullable Long firstHeardNanos;

  Members(ClusterPlan plan) {
    this.plan = plan;
    this.numericClass = plan.numericClass();
  }

  @Nullable Member find(String id) {
    return members.get(id);
  }

  /** One that may work and report, or null. */
  @Nullable Member findReady(String id) {
    Member member = members.get(id);
    return member != null && member.isReady() ? member : null;
  }

  /**
   * Something came from a worker: its leases are renewed.
   *
   * @return whether it is known
   */
  boolean hear(String id, long nowNanos) {
    firstHeardNanos = firstHeardNanos == null ? nowNanos : firstHeardNanos;
    Member member = members.get(id);
    if (member != null) {
      member.lastHeardNanos = nowNanos;
      member.unanswered++;
    }
    return member != null;
  }

  /** What came from it has its answer: until then it cannot be called silent. */
  void answered(String id, long nowNanos) {
    Member member = members.get(id);
    if (member != null && member.unanswered > 0) {
      member.lastHeardNanos = nowNanos;
      member.unanswered--;
    }
  }

  /** Since anybody was heard: it takes time until a coordinator that starts can be heard. */
  long nanosSinceFirstHeard(long nowNanos) {
    return firstHeardNanos == null ? 0 : nowNanos - firstHeardNanos;
  }

  /** Whether a result is one that this run's workers could have had. */
  boolean isOurs(Result.Evaluated result) {
    return result.build().equals(plan.build())
        && (plan.mixed() || result.numericClass().equals(numericClass));
  }

  Collection<Member> all() {
    return Collections.unmodifiableCollection(members.values());
  }

  List<Member> ready() {
    return members.values().stream().filter(Member::isReady).toList();
  }

  /** A worker that says hello for the first time. */
  void greet(Request.Hello hello, long nowNanos) {
    members.computeIfAbsent(hello.worker(), id -> new Member(id, hello.introduction(), nowNanos));
  }

  /** Why a worker with such slots cannot take part, or null. */
  @Nullable String objection(Request.Ready ready) {
    if (!ready.images().dataHash().equals(plan.dataHash())) {
      return "Its images of %s are others (hash %s, the search has %s). Give it the same files, or none: then it fetches them."
          .formatted(plan.task().dataSet(), ready.images().dataHash(), plan.dataHash());
    }
    if (!plan.mixed() && numericClass != null && !numericClass.equals(ready.numericClass())) {
      return "It computes as \"%s\", and this run as \"%s\": results would not agree. Use a machine (or --backend) like the others, or begin the search with --mixed."
          .formatted(ready.numericClass(), numericClass);
    }
    return null;
  }

  /** Its slots are ready, and nothing speaks against them. */
  void admit(Member member, Request.Ready ready) {
    member.slots = ready.slots();
    member.numericClass = Optional.of(ready.numericClass());
    numericClass = numericClass == null ? ready.numericClass() : numericClass;
  }

  @Nullable Member remove(String id) {
    return members.remove(id);
  }

  /** Takes out those of whom nothing was heard for a lease. */
  List<Member> removeSilent(long nowNanos) {
    List<Member> silent = new ArrayList<>();
    for (Member member : members.values()) {
      boolean late = nowNanos - member.lastHeardNanos > plan.lease().toNanos();
      if (late && member.unanswered == 0) {
        silent.add(member);
      }
    }
    silent.forEach(member -> members.remove(member.id()));
    return silent;
  }

  /** Gives all some more time: it was the coordinator that did not listen. */
  void forgive(long nanos) {
    members.values().forEach(member -> member.lastHeardNanos += nanos);
  }

  int slots() {
    return members.values().stream().mapToInt(member -> member.slots).sum();
  }

  /** How many have a slot with nothing to do. */
  long idle() {
    return members.values().stream().filter(each -> each.free > 0).count();
  }
}
