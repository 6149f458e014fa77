package org.finchnas.benchmarks.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** How long after a worker was killed what it had in hand was given to others. */
final class Reissues {

  private static final Pattern LOST =
      Pattern.compile(
          "(\\S+) Worker .* process (\\d+)\\) was not heard of for \\d+ seconds; its .*");

  private Reissues() {}

  /**
   * @param killed when workers were killed, by the id of their process
   */
  static List<Duration> read(Path run, Map<Long, Instant> killed) {
    Path log = run.resolve("cluster").resolve("log.txt");
    try (Stream<String> lines = Files.lines(log)) {
      return lines
          .map(LOST::matcher)
          .filter(line -> line.matches() && killed.containsKey(process(line)))
          .map(line -> Duration.between(killed.get(process(line)), Instant.parse(line.group(1))))
          .toList();
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long process(Matcher line) {
    return Long.parseLong(line.group(2));
  }
}
