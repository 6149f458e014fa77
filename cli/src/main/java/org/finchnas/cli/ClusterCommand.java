package org.finchnas.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code finch cluster}. */
@Command(
    name = "cluster",
    description = "Runs a search with workers, or prepares one on many machines.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {ClusterLocalCommand.class, ClusterKeysCommand.class})
final class ClusterCommand implements Runnable {

  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli sets the spec before it runs the command
  ClusterCommand() {}

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Which command? Try finch cluster --help.");
  }
}
