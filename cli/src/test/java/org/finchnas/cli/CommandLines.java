package org.finchnas.cli;

import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ParameterException;

/** Finch's own parser for the tests of other packages. */
public final class CommandLines {

  private CommandLines() {}

  /**
   * What Finch would say of a command line, which is not run.
   *
   * @param words what follows {@code finch}
   */
  public static Optional<String> problem(List<String> words) {
    try {
      Finch.commandLine().parseArgs(words.toArray(String[]::new));
      return Optional.empty();
    } catch (ParameterException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }
}
