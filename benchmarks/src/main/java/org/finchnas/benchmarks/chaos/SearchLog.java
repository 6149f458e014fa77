package org.finchnas.benchmarks.chaos;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * What a search told, without what may differ between equal searches.
 *
 * @param lines of {@code evaluations.jsonl}
 */
record SearchLog(List<ObjectNode> lines) {

  private static final ObjectMapper JSON = new ObjectMapper();

  SearchLog {
    lines = List.copyOf(lines);
  }

  /** That of a run that is over. */
  static SearchLog read(Path run) {
    return new SearchLog(
        text(run)
            .lines()
            .map(line -> parse(line).<ObjectNode>without(List.of("where", "when")))
            .toList());
  }

  /** How many evaluations a run has told by now. */
  static int count(Path run) {
    return (int) text(run).chars().filter(each -> each == '\n').count();
  }

  private static String text(Path run) {
    try {
      return Files.readString(run.resolve("evaluations.jsonl"));
    } catch (NoSuchFileException e) {
      return "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ObjectNode parse(String line) {
    try {
      return (ObjectNode) JSON.readTree(line);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A line of the log is no JSON: " + line, e);
    }
  }

  List<Integer> numbers() {
    return lines.stream().map(line -> line.get("number").intValue()).toList();
  }

  /** Evaluations that failed because of the machine. */
  long machineFailures() {
    return lines.stream().filter(line -> text(line, "reason").equals("machine")).count();
  }

  /** Hashes of all weights that are named. */
  List<String> weights() {
    return lines.stream().filter(line -> line.hasNonNull("weights")).map(SearchLog::hash).toList();
  }

  private static String hash(JsonNode line) {
    return line.get("weights").textValue();
  }

  private static String text(JsonNode line, String field) {
    return line.path(field).asText("");
  }
}
