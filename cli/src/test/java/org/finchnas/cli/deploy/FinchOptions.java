package org.finchnas.cli.deploy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The options of Finch that something under {@code deploy} may use: the one list. */
final class FinchOptions {

  private static final Set<String> COORDINATOR =
      Set.of("--cluster", "--bind", "--port", "--keys", "--insecure", "--mixed", "--data-dir");
  private static final Set<String> WORKER =
      Set.of(
          "--join",
          "--port",
          "--slots",
          "--backend",
          "--name",
          "--dir",
          "--keys",
          "--insecure",
          "--data-dir");
  private static final Set<String> WITHOUT_VALUE = Set.of("--cluster", "--insecure", "--mixed");

  private FinchOptions() {}

  /** What is wrong with the options of a coordinator or a worker. */
  static List<String> problems(boolean worker, List<String> arguments) {
    Set<String> known = worker ? WORKER : COORDINATOR;
    List<String> problems = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      String option = arguments.get(i);
      boolean isOption = option.startsWith("--");
      if (isOption && !known.contains(option)) {
        problems.add("unknown option " + option);
      }
      boolean needsValue = isOption && !WITHOUT_VALUE.contains(option);
      boolean hasValue = i + 1 < arguments.size() && !arguments.get(i + 1).startsWith("--");
      if (needsValue && !hasValue) {
        problems.add(option + " needs a value");
      }
    }
    return problems;
  }
}
