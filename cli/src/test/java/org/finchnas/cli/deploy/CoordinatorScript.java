package org.finchnas.cli.deploy;

import java.util.List;
import java.util.stream.Stream;

/** What {@code deploy/coordinator.sh} makes of its arguments, as {@link DeployScriptsTest} sees. */
final class CoordinatorScript {

  private CoordinatorScript() {}

  /**
   * The command lines of Finch: the first one for a run, and that of each start after it.
   *
   * @param arguments configuration, run and options
   */
  static List<List<String>> commands(List<String> arguments) {
    String config = arguments.get(0);
    String run = arguments.get(1);
    List<String> options = arguments.subList(2, arguments.size());
    return List.of(
        concat(List.of("search", config, "--run", run, "--cluster"), options),
        concat(List.of("resume", run, "--cluster"), options));
  }

  private static List<String> concat(List<String> first, List<String> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }
}
