package org.finchnas.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.finchnas.coordinator.TrainingSite;
import org.finchnas.coordinator.config.SearchConfig;
import org.finchnas.coordinator.config.SearchConfigReader;
import org.finchnas.coordinator.ignite.ClusterSecurity;
import org.finchnas.coordinator.ignite.Endpoint;
import org.finchnas.coordinator.ignite.IgniteEvaluator;
import org.finchnas.coordinator.run.RunDirectory;
import org.finchnas.coordinator.slots.MemoryPlan;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code finch cluster local}. */
@Command(
    name = "local",
    description = "Runs a search with several workers on this machine: a cluster to try things on.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Workers that die are started again. What they say is in cluster/ of the run.",
      "Example: finch cluster local configs/quickstart.yaml --workers 4"
    })
final class ClusterLocalCommand implements Callable<Integer> {

  private static final String LOOPBACK = "127.0.0.1";
  private static final int MOST_WORKERS = 1000;
  private static final int TOKEN_BYTES = 16;

  @Mixin private final Output output = new Output();
  @Mixin private final FetchOption data = new FetchOption();
  @Mixin private final BackendOption backend = new BackendOption();
  @Mixin private final DashboardBeside dashboard = new DashboardBeside();

  @Parameters(paramLabel = "CONFIG", description = "The search, as YAML.")
  private Path file = Path.of(".");

  @Option(
      names = "--workers",
      paramLabel = "N",
      defaultValue = "2",
      description = "How many workers; default ${DEFAULT-VALUE}.")
  private int workers = 2;

  @Option(
      names = "--slots",
      paramLabel = "N",
      description =
          "Slots of each worker; default: the cores shared among them, at least 1, or one a GPU.")
  private @Nullable Integer slots;

  @Option(
      names = "--run",
      paramLabel = "DIR",
      description = "Folder of the run; default: results/ and the configuration's name.")
  private @Nullable Path run;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Overrides a setting. May be repeated.")
  private List<String> overrides = List.of();

  @Override
  public Integer call() throws IOException {
    requireWorkers();
    List<String> gpus = backend.gpus(output);
    int wanted = slotsEach(gpus);
    SearchConfig config = SearchConfigReader.read(file, overrides, workers * wanted);
    int each = inMemory(wanted, config);
    Path dataDirectory = data.directoryWith(config.data().set(), output);
    Path directory = run == null ? Places.results().resolve(config.name()) : run;
    byte[] token = new byte[TOKEN_BYTES];
    new SecureRandom().nextBytes(token);
    String secret = HexFormat.of().formatHex(token);
    Endpoint endpoint = Endpoint.free(LOOPBACK);
    try (RunDirectory claimed = RunDirectory.claim(directory, config);
        LocalWorkers local =
            new LocalWorkers(
                endpoint,
                secret,
                claimed.cluster(),
                shares(gpus),
                each,
                dataDirectory,
                output::warn)) {
      SearchParts parts = new SearchParts(claimed, dataDirectory, List.of());
      ClusterCrew crew =
          new ClusterCrew(
              parts,
              endpoint,
              new ClusterSecurity(secret, null),
              false,
              List.of(),
              Optional.empty(),
              output);
      return new SearchSession(parts, () -> start(crew, local), output, dashboard).begin();
    }
  }

  private static TrainingSite start(ClusterCrew crew, LocalWorkers local) {
    IgniteEvaluator site = crew.start();
    local.start(site::fail);
    return site;
  }

  private void requireWorkers() {
    if (workers < 1 || workers > MOST_WORKERS) {
      throw new InputException(
          "--workers (%d) must be from 1 to %d.".formatted(workers, MOST_WORKERS));
    }
  }

  /** The GPUs of each worker, none for the CPU: dealt out evenly, each to one. */
  private List<List<String>> shares(List<String> gpus) {
    if (!gpus.isEmpty() && gpus.size() < workers) {
      throw new InputException(
          "--workers (%d) must be at most %d, one for each GPU. Choose fewer, or --backend cpu."
              .formatted(workers, gpus.size()));
    }
    List<List<String>> shares = new ArrayList<>();
    for (int i = 0; i < workers; i++) {
      shares.add(new ArrayList<>());
    }
    for (int i = 0; i < gpus.size(); i++) {
      shares.get(i % workers).add(gpus.get(i));
    }
    return shares;
  }

  /** As many slots for each worker as all workers together have memory for. */
  private int inMemory(int wanted, SearchConfig config) {
    MemoryPlan all = MemoryPlan.here(workers * wanted, config.execution().memoryPerSlot());
    if (all.slots() < workers) {
      throw new InputException(
          "--workers (%d) are more than this machine has memory for (%s). Choose fewer workers."
              .formatted(workers, all));
    }
    if (all.slots() < workers * wanted) {
      output.warn("Memory: %s", all);
    }
    return all.slots() / workers;
  }

  private int slotsEach(List<String> gpus) {
    int cores = Runtime.getRuntime().availableProcessors();
    if (!gpus.isEmpty()) {
      int fewest = Math.max(1, gpus.size() / workers);
      if (slots != null && (slots < 1 || slots > fewest)) {
        throw new InputException(
            "--slots (%d) must be from 1 to %d, one for each GPU of a worker."
                .formatted(slots, fewest));
      }
      return slots != null ? slots : fewest;
    }
    if (slots != null && (slots < 1 || slots > 4 * cores)) {
      throw new InputException(
          "--slots (%d) must be from 1 to %d, 4 for each core.".formatted(slots, 4 * cores));
    }
    return slots != null ? slots : Math.max(1, cores / workers);
  }
}
