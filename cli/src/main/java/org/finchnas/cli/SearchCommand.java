package org.finchnas.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.finchnas.coordinator.config.SearchConfig;
import org.finchnas.coordinator.config.SearchConfigReader;
import org.finchnas.coordinator.pictures.PictureRunName;
import org.finchnas.coordinator.run.RunDirectory;
import org.finchnas.data.PictureSurvey;
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
      "Example: finch search configs/quickstart.yaml --set seed=2 --run results/second",
      "Example: finch search --data images:birds --device pixel-1 --max-latency 20ms --time 2h"
    })
final class SearchCommand implements Callable<Integer> {

  @Mixin private final Output output = new Output();
  @Mixin private final FetchOption data = new FetchOption();
  @Mixin private final BackendOption backend = new BackendOption();
  @Mixin private final ClusterOptions cluster = new ClusterOptions();
  @Mixin private final DashboardBeside dashboard = new DashboardBeside();

  @Mixin private final PictureOptions pictures = new PictureOptions();

  @Parameters(
      paramLabel = "CONFIG",
      arity = "0..1",
      description = "The search, as YAML; or --data for your own pictures.")
  private @Nullable Path file;

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
    if (pictures.isAsked(file)) {
      return searchPictures(gpus);
    }
    SearchConfig config = read(Objects.requireNonNull(file), gpus);
    Path dataDirectory = data.directoryWith(config.data().set(), output);
    return search(config, directory(config.name()), dataDirectory, gpus);
  }

  /** No configuration is written by hand: the run keeps the one that is chosen here. */
  private int searchPictures(List<String> gpus) throws IOException {
    PictureSession session = new PictureSession(pictures, output);
    PictureSurvey survey = session.survey();
    Path directory = directory(PictureRunName.of(survey.folder()));
    RunDirectory.requireVacant(directory);
    SearchConfig config = session.config(survey, overrides, slots(gpus), gpus);
    return search(config, directory, data.directory(), gpus);
  }

  private Path directory(String name) {
    return run == null ? Places.results().resolve(name) : run;
  }

  private int slots(List<String> gpus) {
    int cores = Runtime.getRuntime().availableProcessors();
    return cluster.isCluster()
        ? ClusterOptions.DEFAULT_SLOTS
        : gpus.isEmpty() ? cores : gpus.size();
  }

  private int search(SearchConfig config, Path directory, Path dataDirectory, List<String> gpus)
      throws IOException {
    try (RunDirectory claimed = RunDirectory.claim(directory, config)) {
      SearchParts parts = new SearchParts(claimed, dataDirectory, gpus);
      return new SearchSession(parts, cluster.crew(parts, output), output, dashboard).begin();
    }
  }

  /** The default of how much is asked for ahead depends on what trains. */
  private SearchConfig read(Path file, List<String> gpus) {
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
