package org.finchnas.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.finchnas.cli.report.Report;
import org.finchnas.coordinator.run.RecordedRun;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code finch report}. */
@Command(
    name = "report",
    description =
        "Writes a run as one HTML file that opens from disk, with its front as CSV and SVG beside it.",
    mixinStandardHelpOptions = true)
final class ReportCommand implements Callable<Integer> {

  @Mixin private final Output output = new Output();

  @Parameters(paramLabel = "RUN", description = "Folder of the run.")
  private Path path = Path.of(".");

  @Override
  public Integer call() throws IOException {
    Path page = write(path);
    output.say("%s", page);
    output.answer(Map.of("run", path.toString(), "report", page.toString()));
    return Finch.DONE;
  }

  /** The page. */
  static Path write(Path path) throws IOException {
    RecordedRun run = RecordedRun.read(path);
    FrontTable front = FrontTable.of(run.told(), run.config());
    String picture = FrontPicture.svg(run, front, new BaselineTable(run.baselines()));
    return Report.write(run, Places.command(), picture);
  }
}
