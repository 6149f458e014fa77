package org.finchnas.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.finchnas.coordinator.cluster.ClusterListener;
import org.finchnas.coordinator.cluster.ClusterPlan;
import org.finchnas.coordinator.cluster.ClusterState;
import org.finchnas.coordinator.cluster.ClusterStateFile;
import org.finchnas.coordinator.cluster.Dispatcher;
import org.finchnas.coordinator.cluster.message.Introduction;
import org.finchnas.coordinator.cluster.message.Reply.SlotSettings;
import org.finchnas.coordinator.ignite.ClusterSecurity;
import org.finchnas.coordinator.ignite.Endpoint;
import org.finchnas.coordinator.ignite.IgniteEvaluator;
import org.finchnas.data.DataSet;
import org.finchnas.evaluation.Candidate;
import org.finchnas.evaluation.CostModel;
import org.finchnas.evaluation.Objective;
import org.finchnas.searchspace.Architecture;
import org.finchnas.searchspace.Design;

/** Workers of this and other machines, as they come and go. */
final class ClusterCrew implements Crew {

  private static final Duration STATE_PAUSE = Duration.ofSeconds(1);

  private final SearchParts parts;
  private final Endpoint endpoint;
  private final ClusterSecurity security;
  private final boolean wantsMixed;
  private final List<String> resumeOptions;
  private final Optional<String> announcement;
  private final Output output;

  /**
   * @param resumeOptions of {@code finch resume}, that get the same crew again
   * @param announcement what a person has to do now, if anything
   */
  ClusterCrew(
      SearchParts parts,
      Endpoint endpoint,
      ClusterSecurity security,
      boolean wantsMixed,
      List<String> resumeOptions,
      Optional<String> announcement,
      Output output) {
    this.parts = parts;
    this.endpoint = endpoint;
    this.security = security;
    this.wantsMixed = wantsMixed;
    this.resumeOptions = List.copyOf(resumeOptions);
    this.announcement = announcement;
    this.output = output;
  }

  @Override
  public List<String> resumeOptions() {
    return resumeOptions;
  }

  @Override
  public IgniteEvaluator start() {
    output.say(
        "Finch %s · run %s · seed %d · at most %d candidates at once",
        Version.current(),
        parts.run().path(),
        parts.config().seed(),
        parts.config().execution().lag());
    String build = Build.name();
    IgniteEvaluator evaluator =
        IgniteEvaluator.start(dispatcher(build), endpoint, security, build, this::log);
    output.say("Listening at %s, %s.", endpoint, security);
    announcement.ifPresent(line -> output.say("%s", line));
    evaluator.watch(STATE_PAUSE, this::writeState);
    return evaluator;
  }

  private Dispatcher dispatcher(String build) {
    DataSet data = parts.data();
    return new Dispatcher(
        plan(build),
        parts.run().weights(),
        parts.run().evaluated(),
        costs(data),
        new Display(),
        System::nanoTime);
  }

  private ClusterPlan plan(String build) {
    boolean begun = parts.run().hasBegun();
    String numericClass = begun ? parts.run().provenance().numericClass() : null;
    boolean mixed = wantsMixed || Dispatcher.MIXED.equals(numericClass);
    return new ClusterPlan(
        parts.run().id(),
        build,
        parts.task(),
        parts.images(),
        numericClass,
        mixed,
        new SlotSettings(
            parts.config().execution().retries(),
            Duration.ofMinutes(parts.config().execution().timeoutMinutes()).toSeconds()),
        ClusterPlan.DEFAULT_LEASE,
        begun ? ClusterPlan.DEFAULT_GRACE : Duration.ZERO);
  }

  /** Multiply-accumulates of a training, the yardstick of a mixed cluster. */
  private ToDoubleFunction<Candidate> costs(DataSet data) {
    CostModel model = parts.costs(data);
    return candidate -> {
      int images = candidate.fidelity().trainImages();
      double seen = images == 0 ? data.train().size() : images;
      int epochs = candidate.fidelity().epochs() * candidate.fidelity().folds();
      return macs(candidate.design(), data, model) * seen * epochs;
    };
  }

  private double macs(Design design, DataSet data, CostModel model) {
    if (design instanceof Architecture architecture) {
      return model.costs(architecture).getOrDefault(Objective.MACS.name(), 0.0);
    }
    return parts.blueprint(design, data).assemble().macs();
  }

  private void writeState(ClusterState state) {
    try {
      ClusterStateFile.write(parts.run().cluster(), state);
    } catch (IOException | RuntimeException e) {
      // Only for those who look; what matters is written elsewhere.
      log("state.json cannot be written: " + e.getMessage());
    }
  }

  private synchronized void log(String line) {
    Path file = parts.run().cluster().resolve("log.txt");
    try {
      Files.writeString(
          file,
          Instant.now() + " " + line + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      // A disk that is full loses the log; the search says so by itself.
      return;
    }
  }

  /** Tells of workers that come and go. */
  private final class Display implements ClusterListener {

    @Override
    public void joined(Introduction worker, int slots, String numericClass) {
      tell(
          "Worker %s joined: %s on %s.",
          name(worker), Quantity.of(slots, "slot"), worker.devices().get(0).name());
      log("It computes as " + numericClass);
    }

    @Override
    public void refused(Introduction worker, String reason) {
      tell("Worker %s was sent away. %s", name(worker), reason);
    }

    @Override
    public void left(Introduction worker, int work, String reason) {
      tell("Worker %s left (%s)%s.", name(worker), reason, handedOn(work));
    }

    @Override
    public void lost(Introduction worker, int work) {
      tell(
          "Worker %s was not heard of for %d seconds%s.",
          name(worker), ClusterPlan.DEFAULT_LEASE.toSeconds(), handedOn(work));
    }

    @Override
    public void troubled(String line) {
      tell("%s", line);
    }

    @Override
    public void retried(Introduction worker, String work, String reason) {
      tell("%s is tried again elsewhere: %s", work, reason);
    }

    private void tell(String format, Object... values) {
      String line = format.formatted(values);
      log(line);
      output.warn("%s", line);
    }

    private static String handedOn(int work) {
      return switch (work) {
        case 0 -> "";
        case 1 -> "; its candidate goes to others";
        default -> "; its %d candidates go to others".formatted(work);
      };
    }

    private static String name(Introduction worker) {
      return "%s (%s, process %d)".formatted(worker.name(), worker.host(), worker.process());
    }
  }
}
