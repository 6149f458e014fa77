package org.finchnas.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.finchnas.coordinator.run.RunDirectory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code finch resume}. */
@Command(
    name = "resume",
    description = "Goes on with a run that was stopped, killed or cut off.",
    mixinStandardHelpOptions = true)
final class ResumeCommand implements Callable<Integer> {

  @Mixin private final Output output = new Output();
  @Mixin private final FetchOption data = new FetchOption();
  @Mixin private final BackendOption backend = new BackendOption();
  @Mixin private final ClusterOptions cluster = new ClusterOptions();
  @Mixin private final DashboardBeside dashboard = new DashboardBeside();

  @Parameters(paramLabel = "RUN", description = "Folder of the run.")
  private Path path = Path.of(".");

  @Override
  public Integer call() throws IOException {
    cluster.requireCluster();
    cluster.requireNoBackend(backend);
    try (RunDirectory run = RunDirectory.open(path)) {
      List<String> gpus =
          cluster.isCluster() ? List.of() : backend.gpusLike(run.provenance().numericClass());
      SearchParts parts =
          new SearchParts(run, data.directoryWith(run.config().data().set(), output), gpus);
      Crew crew = parts.isComplete() ? new NothingLeft(parts, output) : cluster.crew(parts, output);
      return new SearchSession(parts, crew, output, dashboard).resume();
    }
  }
}
