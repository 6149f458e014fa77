package org.finchnas.coordinator.cluster;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.finchnas.coordinator.cluster.message.Held;
import org.finchnas.evaluation.Candidate;
import org.jspecify.annotations.Nullable;

/** The work that is wanted, and who has it in hand. Guarded by its {@link Dispatcher}. */
final class Workload {

  /** What goes first: the search waits for scores, while trainings are asked for ahead. */
  static final Comparator<Job> TURN =
      Comparator.comparing((Job job) -> job instanceof Job.Training)
          .thenComparingLong(Job::turn)
          .thenComparing(Job::key);

  private final Map<String, Job> jobs = new HashMap<>();

  /** Those of the jobs that are trainings, by their candidates' numbers. */
  private final Map<Integer, Job.Training> trainings = new HashMap<>();

  private final TreeSet<Job> open = new TreeSet<>(TURN);
  private final Set<String> settled = new HashSet<>();
  private int highestNumber = -1;

  /**
   * @param known evaluations that are durable already
   */
  Workload(Collection<Candidate> known) {
    known.forEach(candidate -> settled.add(WorkKeys.of(candidate)));
  }

  @Nullable Job find(String key) {
    return jobs.get(key);
  }

  /** The last candidate asked for; candidates are asked for in the order of their numbers. */
  int highestNumber() {
    return highestNumber;
  }

  Collection<Job> all() {
    return List.copyOf(jobs.values());
  }

  /** Whether its result is known, so that nobody has to work on it any more. */
  boolean isSettled(String key) {
    return settled.contains(key);
  }

  /**
   * Whether a worker need not go on: the result is known, or another that has it in hand, too, is
   * further. Of two that are equally far the one goes on whose name comes first.
   */
  private boolean isUnwanted(Held held, Member member) {
    if (settled.contains(held.key())) {
      return true;
    }
    Job job = jobs.get(held.key());
    return job != null
        && job.holders.values().stream()
            .filter(other -> other != member)
            .anyMatch(other -> isFurther(other, member, held));
  }

  /**
   * Has a worker let go of what it need not go on with. Until it names that again it does not count
   * as one that does it: of two rivals never both are told to stop.
   *
   * @return the names of it
   */
  List<String> letGo(Member member) {
    List<String> unwanted = new ArrayList<>();
    for (Held held : member.held) {
      if (isUnwanted(held, member)) {
        unwanted.add(held.key());
        Job job = jobs.get(held.key());
        if (job != null) {
          drop(member, job);
        }
      }
    }
    return unwanted;
  }

  private static boolean isFurther(Member other, Member member, Held held) {
    int epochs = other.epochs(held.key());
    return epochs > held.epochs()
        || (epochs == held.epochs() && other.id().compareTo(member.id()) < 0);
  }

  /** Wants a piece of work done, which some may have in hand already. */
  void add(Job job, Collection<Member> members) {
    settled.remove(job.key());
    jobs.put(job.key(), job);
    if (job instanceof Job.Training training) {
      trainings.put(training.candidate().number(), training);
      highestNumber = Math.max(highestNumber, training.candidate().number());
    }
    members.stream().filter(member -> member.holds(job.key())).forEach(member -> member.take(job));
    update(job);
  }

  /** The evaluation of a candidate is durable. */
  void settle(Candidate candidate) {
    Job.Training job = trainings.get(candidate.number());
    settle(job != null && job.candidate().equals(candidate) ? job.key() : WorkKeys.of(candidate));
  }

  void settle(String key) {
    Job job = jobs.remove(key);
    if (job != null) {
      open.remove(job);
    }
    if (job instanceof Job.Training training) {
      trainings.remove(training.candidate().number(), training);
    }
    settled.add(key);
  }

  /** After something changed that decides whether it is open. */
  void update(Job job) {
    if (job.isOpen() && jobs.get(job.key()) == job) {
      open.add(job);
    } else {
      open.remove(job);
    }
  }

  /** Nothing is given out any more. */
  void close() {
    open.clear();
  }

  /**
   * Believes a worker in what it has in hand: an order may have been lost, or be that of a
   * coordinator before this one.
   */
  void adopt(Member member) {
    Set<Job> named = new HashSet<>();
    for (Held held : member.held) {
      Job job = jobs.get(held.key());
      if (job != null) {
        named.add(job);
      }
    }
    for (Job job : List.copyOf(member.jobs())) {
      if (!named.contains(job)) {
        drop(member, job);
      }
    }
    for (Job job : named) {
      job.lostWith.remove(member.id());
      if (!member.jobs().contains(job)) {
        member.take(job);
        update(job);
      }
    }
  }

  void drop(Member member, Job job) {
    member.drop(job);
    update(job);
  }

  /**
   * Frees all that a worker has in hand.
   *
   * @param loss is told what others will do now
   * @return how much that is
   */
  int free(Member member, Consumer<Job> loss) {
    int freed = 0;
    for (Job job : List.copyOf(member.jobs())) {
      drop(member, job);
      if (open.contains(job)) {
        loss.accept(job);
        freed++;
      }
    }
    return freed;
  }

  /** Gives a worker what is open and suits it, at most so much. */
  List<Job> handOut(Member member, int most, Placement placement, long nowNanos) {
    List<Job> given = new ArrayList<>();
    Job next = most > 0 ? placement.choose(open, member, nowNanos) : null;
    while (next != null) {
      member.take(next);
      next.toldFailure.remove(member.id());
      update(next);
      given.add(next);
      next = given.size() < most ? placement.choose(open, member, nowNanos) : null;
    }
    return given;
  }
}
