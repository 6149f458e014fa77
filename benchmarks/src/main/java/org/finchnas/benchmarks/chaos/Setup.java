package org.finchnas.benchmarks.chaos;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What is searched, and by how many.
 *
 * @param settings of the configuration that are others, as {@code key=value}
 */
record Setup(FinchCommand finch, Path config, List<String> settings, int workers) {

  Setup {
    settings = List.copyOf(settings);
  }

  /** The command that begins a search. */
  List<String> search(Path run) {
    List<String> arguments =
        new ArrayList<>(List.of("search", config.toString(), "--run", run.toString()));
    settings.forEach(setting -> arguments.addAll(List.of("--set", setting)));
    return arguments;
  }
}
