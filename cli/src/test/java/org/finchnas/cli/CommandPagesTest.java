package org.finchnas.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/**
 * {@code docs/commands} holds a page for each command, and each says what {@code --help} says. To
 * write them anew after a change: {@code mvn -pl cli -am test -Dtest=CommandPagesTest
 * -Dsurefire.failIfNoSpecifiedTests=false -Dtest.jvm.arguments=-Dfinch.pages=write}.
 */
final class CommandPagesTest {

  private static final Path FOLDER = Path.of("..", "docs", "commands");
  private static final String INDEX = "README.md";
  private static final int WIDTH = 100;

  @Test
  void thePagesSayWhatTheHelpSays() throws IOException {
    Map<String, String> pages = pages();
    if ("write".equals(System.getProperty("finch.pages"))) {
      for (Map.Entry<String, String> page : pages.entrySet()) {
        Files.createDirectories(FOLDER);
        Files.writeString(FOLDER.resolve(page.getKey()), page.getValue());
      }
    }
    Map<String, String> written = new TreeMap<>();
    try (Stream<Path> files = Files.list(FOLDER)) {
      for (Path file : files.toList()) {
        written.put(file.getFileName().toString(), Files.readString(file));
      }
    }
    assertThat(written).containsExactlyInAnyOrderEntriesOf(pages);
  }

  private static Map<String, String> pages() {
    Map<String, String> pages = new TreeMap<>();
    StringBuilder index =
        new StringBuilder(
            """
            # Commands

            What each says with `--help`. [The guide](../guide.md) goes through them in the order in which they are needed.

            | command | does |
            | --- | --- |
            """);
    add(Finch.commandLine(), pages, index);
    pages.put(INDEX, index.toString());
    return pages;
  }

  private static void add(CommandLine command, Map<String, String> pages, StringBuilder index) {
    command.setUsageHelpAutoWidth(false).setUsageHelpWidth(WIDTH);
    String name = command.getCommandSpec().qualifiedName(" ");
    String file = name.equals("finch") ? "finch.md" : name.substring(6).replace(' ', '-') + ".md";
    String description =
        String.join(" ", command.getCommandSpec().usageMessage().description()).strip();
    pages.put(
        file,
        """
        # %s

        %s

        ```
        %s
        ```
        """
            .formatted(name, description, usage(command)));
    index.append("| [%s](%s) | %s |%n".formatted(name, file, description));
    command.getSubcommands().values().forEach(each -> add(each, pages, index));
  }

  private static String usage(CommandLine command) {
    return command
        .getUsageMessage(Ansi.OFF)
        .lines()
        .map(String::stripTrailing)
        .collect(Collectors.joining("\n"))
        .strip();
  }
}
