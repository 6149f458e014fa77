package org.finchnas.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.finchnas.coordinator.TrainingSite;
import org.finchnas.coordinator.cluster.message.Device;
import org.finchnas.coordinator.cluster.message.Introduction;
import org.finchnas.coordinator.cluster.message.Reply.SlotSettings;
import org.finchnas.coordinator.cluster.message.Work;
import org.finchnas.coordinator.cluster.worker.CoordinatorLink;
import org.finchnas.coordinator.cluster.worker.WorkerFolder;
import org.finchnas.coordinator.cluster.worker.WorkerListener;
import org.finchnas.coordinator.cluster.worker.WorkerNode;
import org.finchnas.coordinator.cluster.worker.WorkerParams;
import org.finchnas.coordinator.ignite.ClusterSecurity;
import org.finchnas.coordinator.ignite.Endpoint;
import org.finchnas.coordinator.ignite.IgniteLink;
import org.finchnas.coordinator.slots.MemoryPlan;
import org.finchnas.coordinator.slots.SlotListener;
import org.finchnas.coordinator.slots.SlotPool;
import org.finchnas.coordinator.slots.SlotPoolParams;
import org.finchnas.evaluation.Candidate;
import org.finchnas.evaluation.Epoch;
import org.finchnas.evaluation.TrainingTask;
import org.finchnas.evaluation.slot.SlotCommand;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code finch worker}. */
@Command(
    name = "worker",
    description = "Trains for a search on this or another machine (finch search --cluster).",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "May be started before the search, outlives it, and serves the next one at the same address.",
      "Ctrl-C or SIGTERM: no new work; what is not done after --drain seconds is handed back.",
      "Example: finch worker --join gpu-1:28460 --keys keys/worker"
    })
final class WorkerCommand implements Callable<Integer> {

  /** To deliver what was finished, and to leave the cluster. */
  private static final int LAST_WORDS_SECONDS = 30;

  static final String WITH_OWNER = "--with-owner";

  @Mixin private final Output output = new Output();
  @Mixin private final DataOption data = new DataOption();
  @Mixin private final BackendOption backend = new BackendOption();
  @Mixin private final SecurityOptions security = new SecurityOptions();

  private final SlotEvents slotEvents = new SlotEvents();

  @Option(
      names = "--join",
      required = true,
      paramLabel = "HOST:PORT",
      description = "Where the search listens.")
  private String join = "";

  @Option(
      names = "--slots",
      paramLabel = "N",
      description = "Candidates trained at the same time; default one a core, or one a GPU.")
  private @Nullable Integer slots;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "What the search calls this worker; default: this machine's name.")
  private @Nullable String name;

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description =
          "Keeps results until the search has them, weights and checkpoints; default: worker in Finch's cache.")
  private @Nullable Path directory;

  @Option(
      names = "--drain",
      paramLabel = "SECONDS",
      defaultValue = "30",
      description =
          "How long trainings get to end when the worker is told to go; default ${DEFAULT-VALUE}.")
  private int drain = 30;

  @Option(
      names = WITH_OWNER,
      hidden = true,
      description = "End when the standard input does: for whoever starts workers.")
  private boolean withOwner;

  @Override
  public Integer call() throws InterruptedException {
    Endpoint endpoint = Endpoint.parse(join);
    ClusterSecurity trust = security.of(endpoint, output);
    List<String> gpus = backend.gpus(output);
    int count = slots(gpus);
    if (drain < 0) {
      throw new InputException("--drain (%d) must be 0 or more seconds.".formatted(drain));
    }
    String build = Build.name();
    Introduction introduction =
        new Introduction(
            name == null ? Places.host() : name,
            Places.host(),
            ProcessHandle.current().pid(),
            build,
            devices(gpus));
    try (Interruption interruption = Interruption.ends(() -> {});
        WorkerFolder folder = WorkerFolder.take(directory, Places.cacheDirectory());
        CoordinatorLink link = new IgniteLink(endpoint, trust, build, folder::log)) {
      WorkerParams params =
          new WorkerParams(
              introduction,
              folder.path(),
              data.directory(),
              Places.cacheDirectory(),
              Duration.ofSeconds(drain));
      output.say(
          "Finch %s · worker %s · %s on %s · joins %s, %s · keeps results in %s",
          Version.current(),
          introduction.name(),
          Quantity.of(count, "slot"),
          introduction.devices().get(0).name(),
          endpoint,
          trust,
          folder.path());
      WorkerNode node =
          new WorkerNode(
              params,
              link,
              (task, settings, logs) -> start(task, settings, logs, count, gpus),
              new Display());
      slotEvents.node = node;
      work(node, interruption);
    }
    return Finch.DONE;
  }

  private void work(WorkerNode node, Interruption interruption) throws InterruptedException {
    interruption.nowStops(
        () -> {
          output.warn("Leaving, in at most %d seconds.", drain + LAST_WORDS_SECONDS);
          node.leave();
        });
    if (withOwner) {
      Thread owner = new Thread(() -> leaveWithOwner(node), "owner");
      owner.setDaemon(true);
      owner.start();
    }
    node.run();
  }

  private static void leaveWithOwner(WorkerNode node) {
    try {
      System.in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      // As good as its end.
    }
    node.leave();
  }

  private int slots(List<String> gpus) {
    int cores = Runtime.getRuntime().availableProcessors();
    int wanted = slots != null ? slots : gpus.isEmpty() ? cores : gpus.size();
    int most = gpus.isEmpty() ? 4 * cores : gpus.size();
    if (wanted < 1 || wanted > most) {
      throw new InputException(
          "--slots (%d) must be from 1 to %d on this machine, %s."
              .formatted(wanted, most, gpus.isEmpty() ? "4 for each core" : "one for each GPU"));
    }
    return wanted;
  }

  private static List<Device> devices(List<String> gpus) {
    if (gpus.isEmpty()) {
      return List.of(Machine.cpu());
    }
    return gpus.stream().map(Machine::gpu).toList();
  }

  private TrainingSite start(
      TrainingTask task, SlotSettings settings, Path logs, int count, List<String> gpus) {
    MemoryPlan memory = MemoryPlan.here(count, task.maxBytes());
    if (memory.slots() < count) {
      output.warn("Fewer slots: memory for %s.", memory);
    }
    SlotPoolParams params =
        new SlotPoolParams(
            memory.slots(),
            settings.retries(),
            SlotPoolParams.DEFAULT_START,
            Duration.ofSeconds(settings.silenceSeconds()),
            logs,
            Places.host());
    SlotCommand command = SlotCommand.likeThisProcess(task.maxBytes(), gpus);
    SlotPool pool = SlotPool.start(command::processBuilder, task, params, slotEvents);
    output.say("%s ready: %s.", Quantity.of(pool.slots(), "slot"), pool.numericClass());
    return pool;
  }

  /** Tells people of slots that died, and the coordinator how far trainings are. */
  private final class SlotEvents implements SlotListener {

    /** Not final: it is made before the node, which starts the slots. */
    private volatile @Nullable WorkerNode node;

    @Override
    public void epoch(int slot, Candidate candidate, int epochs, Epoch last) {
      WorkerNode known = node;
      if (known != null) {
        known.progressed(candidate, epochs);
      }
    }

    @Override
    public void lost(int slot, Candidate candidate, String message) {
      output.warn(
          "Slot %d was lost with candidate %d and is started afresh. %s",
          slot, candidate.number(), message);
    }
  }

  /** Tells what a person who watches a worker wants to know, and no more. */
  private final class Display implements WorkerListener {

    private int delivered;

    @Override
    public void said(String line) {
      output.say("%s", line);
    }

    @Override
    public void started(Work work) {
      if (output.isVerbose()) {
        output.say("takes %s", work.key());
      }
    }

    @Override
    public synchronized void delivered(String key, int waiting) {
      delivered++;
      if (output.isVerbose() || Integer.bitCount(delivered) == 1) {
        output.say("%s delivered, %d waiting", Quantity.of(delivered, "result"), waiting);
      }
    }
  }
}
