package org.finchnas.coordinator.cluster;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.finchnas.coordinator.cluster.message.Held;
import org.finchnas.coordinator.cluster.message.Reply;
import org.finchnas.coordinator.cluster.message.Request;
import org.finchnas.coordinator.cluster.message.Result;
import org.finchnas.coordinator.cluster.message.Work;
import org.finchnas.coordinator.run.EvaluationJson;
import org.finchnas.evaluation.Candidate;
import org.finchnas.evaluation.Evaluation;
import org.finchnas.evaluation.Evaluation.Completed;
import org.finchnas.evaluation.FailureReason;
import org.finchnas.evaluation.ZeroCostProxy;
import org.jspecify.annotations.Nullable;

/** A worker that keeps to the protocol, and what its disk has when it dies. */
final class SimulatedWorker {

  private final SimulatedCluster cluster;
  private final String name;
  private final int slots;

  /** What a death leaves. */
  private final Map<String, Result> outbox = new LinkedHashMap<>();

  private final Map<String, Work> inHand = new LinkedHashMap<>();
  private int life;
  private boolean alive;
  private boolean cut;
  private boolean serving;

  SimulatedWorker(SimulatedCluster cluster, String name, int slots) {
    this.cluster = cluster;
    this.name = name;
    this.slots = slots;
  }

  @Override
  public String toString() {
    return "%s has %s in hand and %s finished".formatted(name, inHand.keySet(), outbox.keySet());
  }

  boolean isIdle() {
    return inHand.isEmpty() && outbox.isEmpty();
  }

  private String id() {
    return name + "-" + life;
  }

  void start() {
    alive = true;
    life++;
    serving = false;
    hello();
    deliver();
  }

  /** Dies, goes or is cut off for a while. */
  void trouble() {
    if (!alive) {
      return;
    }
    double seconds = 0.5 + cluster.random.nextDouble() * 40;
    switch (cluster.random.nextInt(3)) {
      case 0 -> die(seconds);
      case 1 -> {
        cluster.call(new Request.Leave(id(), "it was told to go", false), cut, reply -> {});
        die(seconds);
      }
      default -> {
        cut = true;
        cluster.in(seconds, () -> cut = false);
      }
    }
  }

  private void die(double seconds) {
    alive = false;
    inHand.clear();
    cluster.in(seconds, this::start);
  }

  /** Does something then, if this process lives. */
  private void in(double seconds, Runnable happening) {
    int then = life;
    cluster.in(
        seconds,
        () -> {
          if (alive && life == then) {
            happening.run();
          }
        });
  }

  private void ask(Request request, Consumer<@Nullable Reply> next) {
    int then = life;
    cluster.call(
        request,
        cut,
        reply -> {
          if (alive && life == then) {
            next.accept(reply);
          }
        });
  }

  private void hello() {
    serving = false;
    ask(
        new Request.Hello(id(), ClusterSamples.cpu(name)),
        reply -> {
          if (reply instanceof Reply.Welcome) {
            in(cluster.random.nextDouble() * 5, this::ready);
          } else {
            in(1, this::hello);
          }
        });
  }

  private void ready() {
    ask(
        new Request.Ready(id(), slots, ClusterSamples.CLASS, ClusterSamples.IMAGES),
        reply -> {
          serving = reply instanceof Reply.Accepted;
          if (serving) {
            beat();
          } else {
            hello();
          }
        });
  }

  private void beat() {
    List<Held> held = new ArrayList<>();
    inHand.keySet().forEach(key -> held.add(new Held(key, 0)));
    outbox.keySet().forEach(key -> held.add(new Held(key, 0)));
    ask(
        new Request.Beat(id(), Math.max(0, slots - inHand.size()), held),
        reply -> {
          if (reply == null) {
            in(1, this::beat);
          } else if (reply instanceof Reply.Orders orders) {
            orders.work().forEach(this::take);
            in(Math.max(1, orders.nextMillis() / 1000.0), this::beat);
          } else {
            hello();
          }
        });
  }

  private void take(Work work) {
    if (inHand.putIfAbsent(work.key(), work) == null) {
      in(1 + cluster.random.nextDouble() * 20, () -> finish(work));
    }
  }

  private void finish(Work work) {
    inHand.remove(work.key());
    outbox.put(work.key(), result(work));
  }

  private Result result(Work work) {
    if (!(work instanceof Work.Train train)) {
      return new Result.Scored(Map.of(ZeroCostProxy.SYNFLOW, 1.5), false);
    }
    Candidate candidate = EvaluationJson.candidate(train.candidate());
    var execution = ClusterSamples.execution(cluster.nextAttempt());
    Evaluation evaluation =
        cluster.chance(cluster.trouble.machineFailures())
            ? new Evaluation.Failed(candidate, FailureReason.MACHINE, "slot lost", execution)
            : ClusterSamples.outcome(candidate, execution);
    return ClusterSamples.result(evaluation);
  }

  // --- results

  private void deliver() {
    String key = outbox.keySet().stream().findFirst().orElse(null);
    if (!serving || key == null) {
      in(1, this::deliver);
      return;
    }
    Result result = outbox.remove(key);
    outbox.put(key, result);
    ask(
        ClusterSamples.report(id(), ClusterSamples.RUN, key, result),
        reply -> {
          if (reply instanceof Reply.WantsWeights wants) {
            send(weights(result), wants.offset());
          } else {
            if (reply instanceof Reply.Accepted) {
              outbox.remove(key);
            }
            in(reply instanceof Reply.Later later ? later.millis() / 1000.0 : 0.25, this::deliver);
          }
        });
  }

  private void send(byte[] bytes, long offset) {
    int end = (int) Math.min(bytes.length, offset + 8);
    byte[] piece = Arrays.copyOfRange(bytes, (int) offset, end);
    ask(
        new Request.Put(id(), ClusterSamples.hash(bytes), offset, bytes.length, piece),
        reply -> {
          if (reply instanceof Reply.WantsWeights wants) {
            send(bytes, wants.offset());
          } else {
            in(0.1, this::deliver);
          }
        });
  }

  private static byte[] weights(Result result) {
    String json = ((Result.Evaluated) result).evaluation();
    Completed completed = (Completed) EvaluationJson.evaluation(json);
    return ClusterSamples.weights(completed.candidate());
  }
}
