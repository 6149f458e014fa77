package org.finchnas.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.finchnas.data.DataSet;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How a command answers: for people, or as one JSON object a program reads. */
final class Output {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int WARNINGS = 10;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(names = "--json", description = "Answer with one JSON object on standard output.")
  private boolean json;

  // The handler of failures has no command at hand and asks picocli for it by name.
  @Option(names = "--verbose", description = "Say more, and show stack traces of failures.")
  private boolean verbose;

  @SuppressWarnings("NullAway.Init") // picocli sets the spec before it runs the command
  Output() {}

  boolean isVerbose() {
    return verbose;
  }

  boolean isJson() {
    return json;
  }

  /** A line for people; silent when a program reads. */
  void say(String format, Object... values) {
    if (!json) {
      out().println(values.length == 0 ? format : format.formatted(values));
      out().flush();
    }
  }

  /** What went wrong without ending the command, on standard error. */
  void warn(String format, Object... values) {
    PrintWriter err = spec.commandLine().getErr();
    err.println(values.length == 0 ? format : format.formatted(values));
    err.flush();
  }

  /** What a user should know of a data set: the first few in words, the rest as a count. */
  void warnOf(DataSet data) {
    List<String> warnings = data.warnings();
    warnings.stream().limit(WARNINGS).forEach(warning -> warn("%s: %s", data.name(), warning));
    if (warnings.size() > WARNINGS) {
      warn("%s: and %d more", data.name(), warnings.size() - WARNINGS);
    }
  }

  /** The object for a program; silent when a person reads. */
  void answer(Map<String, ?> object) {
    if (json) {
      try {
        out().println(JSON.writeValueAsString(object));
        out().flush();
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("An answer that is no JSON: " + object, e);
      }
    }
  }

  /**
   * Writes what a user asked for into a file of theirs.
   *
   * @throws InputException if there is no such folder, or a folder of that name
   */
  static void write(Path file, String text) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new InputException("There is no folder %s. Make it first.".formatted(folder));
    }
    if (Files.isDirectory(file)) {
      throw new InputException("%s is a folder. Name a file in it.".formatted(file));
    }
    Files.writeString(file, text);
  }

  /** Whether a person watches, so that a line can be rewritten in place. */
  boolean isTerminal() {
    return !json && Boolean.getBoolean("finch.terminal");
  }

  PrintWriter out() {
    return spec.commandLine().getOut();
  }

  static boolean isVerbose(CommandLine command) {
    return command.getParseResult() != null
        && command.getParseResult().hasMatchedOption("--verbose");
  }
}
