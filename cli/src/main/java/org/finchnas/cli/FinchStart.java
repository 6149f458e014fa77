package org.finchnas.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How this Finch starts another of its kind. */
final class FinchStart {

  private FinchStart() {}

  /**
   * By the script that this one was started with; else as this process was.
   *
   * @param words what follows {@code finch}
   */
  static ProcessBuilder of(String... words) {
    List<String> command = new ArrayList<>();
    String script = System.getProperty("finch.command");
    if (script != null) {
      command.add(script);
    } else {
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.add("-XX:+UseSerialGC");
      command.addAll(properties("finch.home", "org.bytedeco.javacpp.maxbytes"));
      command.addAll(List.of("-cp", System.getProperty("java.class.path"), Finch.class.getName()));
    }
    command.addAll(List.of(words));
    return new ProcessBuilder(command);
  }

  private static List<String> properties(String... names) {
    List<String> set = new ArrayList<>();
    for (String name : names) {
      String value = System.getProperty(name);
      if (value != null) {
        set.add("-D" + name + "=" + value);
      }
    }
    return set;
  }
}
