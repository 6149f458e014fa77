package org.finchnas.coordinator.config;

import java.util.List;
import java.util.stream.Collectors;

/** A configuration that cannot be used; carries all that is wrong with it. */
public final class ConfigException extends RuntimeException {

  private final transient List<Problem> problems;

  ConfigException(String source, List<Problem> problems) {
    super(
        problems.stream()
            .map(problem -> "\n  " + problem)
            .collect(
                Collectors.joining(
                    "",
                    "%s has %d problem%s:"
                        .formatted(source, problems.size(), problems.size() == 1 ? "" : "s"),
                    "")));
    this.problems = List.copyOf(problems);
  }

  /** At least one, in the order of their lines. */
  public List<Problem> problems() {
    return problems;
  }
}
