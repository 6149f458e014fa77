package org.finchnas.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The {@code finch} command and its exit codes. */
@Command(
    name = "finch",
    description = "Evolves small convolutional networks for phones.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:failed",
      "2:bad usage or input",
      "130:stopped by Ctrl-C (143 by SIGTERM); says how to go on"
    },
    footer = {"", "Start here:  finch search configs/quickstart.yaml", "Every command has --help."},
    subcommands = {
      SearchCommand.class,
      ResumeCommand.class,
      WorkerCommand.class,
      StatusCommand.class,
      ParetoCommand.class,
      DashboardCommand.class,
      ReportCommand.class,
      EventsCommand.class,
      DescribeCommand.class,
      TrainCommand.class,
      ExportCommand.class,
      VerifyCommand.class,
      DatasetsCommand.class,
      BenchCommand.class,
      DevicesCommand.class,
      LatencyCommand.class,
      ProfileCommand.class,
      ClusterCommand.class
    })
public final class Finch implements Runnable {

  static final int DONE = 0;
  static final int FAILED = 1;
  static final int BAD_INPUT = 2;

  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli sets the spec before it runs the command
  private Finch() {}

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Which command? Try finch --help.");
  }

  public static void main(String[] arguments) {
    CommandLine finch = commandLine();
    int code;
    try {
      code = finch.execute(arguments);
    } catch (OutOfMemoryError e) {
      finch
          .getErr()
          .println(
              "finch: memory ran out (%s). Choose smaller images or batches."
                  .formatted(e.getMessage()));
      code = FAILED;
    }
    if (finch.getOut().checkError()) {
      finch.getErr().println("finch: the answer could not be written to the standard output.");
      code = code == DONE ? FAILED : code;
    }
    finch.getErr().flush();
    System.exit(code);
  }

  static CommandLine commandLine() {
    return new CommandLine(new Finch())
        .setExecutionExceptionHandler(new Failures())
        .setParameterExceptionHandler(Failures::badUsage)
        .setUsageHelpLongOptionsMaxWidth(28)
        .setUsageHelpAutoWidth(true);
  }
}
