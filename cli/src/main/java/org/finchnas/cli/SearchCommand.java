package org.finchnas.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.finchnas.coordinator.config.SearchConfig;
import org.finchnas.coordinator.config.SearchConfigReader;
import org.finchnas.coordinator.run.RunDirectory;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code finch search}. */
@Command(
    name = "search",
    description = "Runs a search and exports what it found.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Ctrl-C stops cleanly (exit code 130); finch resume RUN goes on.",
      "Example: finch search configs/quickstart.yaml --set seed=2 --run results/second"
    })
final class SearchCommand implements Callable<Integer> {

  @Mixin private final Output output = new Output();
  @Mixin private final FetchOption data = new FetchOption();
  @Mixin private final BackendOption backend = new BackendOption();
  @Mixin private final ClusterOptions cluster = new ClusterOptions();
  @Mixin private final DashboardBeside dashboard = new DashboardBeside();

  @Parameters(paramLabel = "CONFIG", description = "The search, as YAML.")
  private Path file = Path.of(".");

  @Option(
      names = "--run",
      paramLabel = "DIR",
      description = "Folder of the run; default: results/ and the configuration's name.")
  private @Nullable Path run;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Overrides a setting: --set budget.evaluations=50. May be repeated.")
  private List<String> overrides = List.of();

  @Override
  public Integer call() throws IOException {
    cluster.requireCluster();
    cluster.requireNoBackend(backend);
    List<String> gpus = cluster.isCluster() ? List.of() : backend.gpus(output);
    SearchConfig config = read(gpus);
    Path dataDirectory = data.directoryWith(config.data().set(), output);
    Path directory = run == null ? Places.results().resolve(config.name()) : run;
    try (RunDirectory claimed = RunDirectory.claim(directory, config)) {
      SearchParts parts = new SearchParts(claimed, dataDirectory, gpus);
      return new SearchSession(parts, cluster.crew(parts, output), output, dashboard).begin();
    }
  }

  /** The default of how much is asked for ahead depends on what trains. */
  private SearchConfig read(List<String> gpus) {
    if (cluster.isCluster()) {
      SearchConfig config = SearchConfigReader.read(file, overrides, ClusterOptions.DEFAULT_SLOTS);
      cluster.warnOfSlots(config.execution().slots(), output);
      return config;
    }
    return gpus.isEmpty()
        ? SearchConfigReader.read(file, overrides)
        : SearchConfigReader.read(file, overrides, gpus.size());
  }
}
