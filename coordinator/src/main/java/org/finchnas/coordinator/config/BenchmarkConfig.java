package org.finchnas.coordinator.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.finchnas.evaluation.Direction;
import org.finchnas.evolution.tabular.TableDescription;
import org.finchnas.evolution.tabular.TableDescription.CheaperFidelity;
import org.jspecify.annotations.Nullable;

/**
 * A benchmark of search strategies: a table, and what its columns mean.
 *
 * @param data the table's file, or null if the command line must name it
 */
public record BenchmarkConfig(TableDescription table, @Nullable Path data) {

  private static final ValueRule<String> COLUMN =
      ValueRule.text("the name of a column", Pattern.compile(".+"));
  private static final ValueRule<Double> NUMBER = ValueRule.number("", value -> true);
  private static final Pattern STAND_IN = Pattern.compile("[0-9]");

  /**
   * Reads a description from YAML.
   *
   * @param overrides each {@code key.path=value}; they win over the file
   * @throws ConfigException with all that is wrong
   */
  public static BenchmarkConfig read(Path file, List<String> overrides) {
    ConfigTree tree = new ConfigTree(text(file));
    overrides.forEach(tree::override);
    String byDefault = String.valueOf(file.toAbsolutePath().getFileName());
    Section root = tree.root();
    Optional<BenchmarkConfig> config =
        config(tree, root, byDefault.replaceFirst("\\.ya?ml$", ""))
            .map(each -> each.from(file.toAbsolutePath().resolveSibling("")));
    return config.orElseThrow(() -> new ConfigException(file.toString(), tree.problems()));
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw unreadable(file, "There is no such file.", "Maybe the path is wrong.");
    } catch (CharacterCodingException e) {
      throw unreadable(
          file, "It is no UTF-8 text.", "Maybe it is the table: name that with --data.");
    } catch (IOException e) {
      throw unreadable(file, "It cannot be read: %s.".formatted(e), "Mind its permissions.");
    }
  }

  private static ConfigException unreadable(Path file, String rule, String wayOut) {
    return new ConfigException(file.toString(), List.of(new Problem("", "", rule, wayOut)));
  }

  private static Optional<BenchmarkConfig> config(ConfigTree tree, Section root, String byDefault) {
    String name = root.read("name", byDefault, COLUMN);
    Optional<String> data = root.read("data", COLUMN);
    String architecture = root.require("architecture", "", COLUMN, "Name the column.");
    Pattern token =
        root.require("tokens", STAND_IN, expression(), "Write what a choice looks like.");
    String reported = root.require("reported", "", COLUMN, "Name the column.");
    List<String> seen = root.read("seen", List.of(reported), ValueRule.listOf(COLUMN));
    Direction direction =
        root.read("direction", Direction.MAXIMIZE, ValueRule.oneOf(Direction.class));
    List<String> costs = root.read("costs", List.of(), ValueRule.anyListOf(COLUMN));
    Section hypervolume = root.section("hypervolume");
    List<String> measured =
        hypervolume.read(
            "costs",
            costs.isEmpty() ? List.of() : List.of(costs.get(0)),
            ValueRule.anyListOf(COLUMN));
    List<String> referable = new ArrayList<>(measured);
    referable.add(reported);
    Map<String, Double> reference = numbers(hypervolume.section("reference"), referable);
    Map<String, Double> limits = numbers(root.section("limits"), costs);
    List<CheaperFidelity> fidelities =
        root.sections("fidelities").stream().map(BenchmarkConfig::fidelity).toList();
    tree.reportUnknown();
    return root.finish(
        () ->
            Optional.of(
                new BenchmarkConfig(
                    new TableDescription(
                        name,
                        architecture,
                        token,
                        seen,
                        reported,
                        direction,
                        costs,
                        measured,
                        reference,
                        limits,
                        fidelities),
                    data.map(Path::of).orElse(null))),
        Optional.empty());
  }

  private static CheaperFidelity fidelity(Section section) {
    String column = section.require("column", "", COLUMN, "Name the column.");
    double cost =
        section.require(
            "cost",
            0.5,
            ValueRule.number("above 0 and below 1", share -> share > 0 && share < 1),
            "Say what share of a full evaluation it costs.");
    return new CheaperFidelity(column, cost);
  }

  private static Map<String, Double> numbers(Section section, List<String> columns) {
    Map<String, Double> numbers = new LinkedHashMap<>();
    for (String column : columns) {
      section.read(column, NUMBER).ifPresent(value -> numbers.put(column, value));
    }
    return numbers;
  }

  private static ValueRule<Pattern> expression() {
    return new ValueRule<>(
        "a regular expression that matches one choice after the other",
        node -> {
          try {
            return node.isTextual() && !node.textValue().isEmpty()
                ? Optional.of(Pattern.compile(node.textValue()))
                : Optional.empty();
          } catch (PatternSyntaxException e) {
            return Optional.empty();
          }
        },
        Pattern::pattern,
        List.of());
  }

  private BenchmarkConfig from(Path folder) {
    return new BenchmarkConfig(table, data == null ? null : folder.resolve(data));
  }
}
