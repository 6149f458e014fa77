package org.finchnas.coordinator.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.finchnas.evaluation.Constraint;
import org.finchnas.evaluation.Objective;
import org.finchnas.evaluation.Rungs;
import org.finchnas.evaluation.TrainingParams;

/** Reads a {@link SearchConfig} from YAML; everything that is left out has a default. */
public final class SearchConfigReader {

  private static final ValueRule<String> NAME =
      ValueRule.text(
          "a letter followed by letters, digits, dots, dashes or underscores",
          Pattern.compile("[A-Za-z][A-Za-z0-9._-]*"));

  private SearchConfigReader() {}

  /**
   * Reads a file.
   *
   * @param overrides each {@code key.path=value}, the value as in YAML; they win over the file
   * @throws ConfigException with all that is wrong
   */
  public static SearchConfig read(Path file, List<String> overrides) {
    return read(file, overrides, Runtime.getRuntime().availableProcessors());
  }

  /**
   * The same on a machine that trains best with so many slots, which is the default number.
   *
   * @throws ConfigException with all that is wrong
   */
  public static SearchConfig read(Path file, List<String> overrides, int defaultSlots) {
    return read(file, overrides, defaultSlots, false);
  }

  /**
   * Reads the file of a run, which may have been begun on a machine with more cores.
   *
   * @throws ConfigException with all that is wrong
   */
  public static SearchConfig readRecorded(Path file) {
    return read(file, List.of(), Runtime.getRuntime().availableProcessors(), true);
  }

  /**
   * A configuration with other settings; files that it names are looked for from where the command
   * was given.
   *
   * @param overrides as in {@link #read(Path, List)}
   * @throws ConfigException with all that is wrong
   */
  public static SearchConfig with(SearchConfig config, List<String> overrides) {
    ConfigTree tree = new ConfigTree(ConfigWriter.write(config));
    overrides.forEach(tree::override);
    return config(tree, config.name(), config.execution().slots(), true)
        .map(changed -> changed.from(Path.of("").toAbsolutePath()))
        .orElseThrow(() -> new ConfigException("--set", tree.problems()));
  }

  private static SearchConfig read(
      Path file, List<String> overrides, int defaultSlots, boolean recorded) {
    ConfigTree tree = new ConfigTree(text(file));
    overrides.forEach(tree::override);
    Path absolute = file.toAbsolutePath();
    String name = String.valueOf(absolute.getFileName()).replaceFirst("\\.ya?ml$", "");
    return config(tree, name, defaultSlots, recorded)
        .map(
            config -> config.from(isDataSet(overrides) ? Path.of("") : absolute.resolveSibling("")))
        .orElseThrow(() -> new ConfigException(file.toString(), tree.problems()));
  }

  /** A folder named on the command line is looked for from where the command was given. */
  private static boolean isDataSet(List<String> overrides) {
    return overrides.stream().anyMatch(each -> each.startsWith("data.set="));
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw unreadable(file, "There is no such file.", "Maybe the path is wrong.");
    } catch (CharacterCodingException e) {
      throw unreadable(file, "It is no UTF-8 text.", "Maybe it is another file.");
    } catch (IOException e) {
      throw unreadable(file, "It cannot be read: %s.".formatted(e), "Mind its permissions.");
    }
  }

  private static ConfigException unreadable(Path file, String rule, String wayOut) {
    return new ConfigException(file.toString(), List.of(new Problem("", "", rule, wayOut)));
  }

  /** The configuration, or empty if there are problems. */
  private static Optional<SearchConfig> config(
      ConfigTree tree, String defaultName, int defaultSlots, boolean recorded) {
    Section root = tree.root();
    String name = root.read("name", defaultName, NAME);
    long seed = root.read("seed", 1L, ValueRule.seed());
    Section dataSection = root.section("data");
    DataConfig data = DataConfig.read(dataSection);
    SpaceConfig space = SpaceConfig.read(root.section("space"));
    List<Objective> objectives = ObjectiveSettings.readObjectives(root);
    List<Constraint> constraints = ObjectiveSettings.readConstraints(root.section("constraints"));
    String device = DeviceSettings.read(root, objectives, constraints);
    FileBytesConfig fileBytes = FileBytesConfig.read(root.section("fileBytes"));
    Rungs rungs = RungSettings.read(root, dataSection.hasProblem() ? 0 : data.image());
    TrainingParams training = TrainingSettings.readTraining(root.section("training"));
    SearchBudget budget = SearchBudget.read(root.section("budget"));
    ProxyConfig proxies = ProxyConfig.read(root.section("proxies"));
    StrategyConfig strategy =
        StrategyConfig.read(
            root.section("strategy"), budget.evaluations(), proxies.rankBy() != null);
    InitialConfig initial = InitialConfig.read(root);
    List<String> baselines =
        Baselines.read(root, dataSection.hasProblem() ? DataConfig.DEFAULT.image() : data.image());
    ExecutionConfig execution =
        ExecutionConfig.read(root.section("execution"), defaultSlots, recorded);
    FinalConfig finals = FinalConfig.read(root.section("final"));
    ExportConfig export = ExportConfig.read(root.section("export"));
    tree.reportUnknown();
    return root.finish(
        () ->
            Optional.of(
                new SearchConfig(
                    name,
                    seed,
                    data,
                    space,
                    strategy,
                    proxies,
                    initial,
                    baselines,
                    device,
                    objectives,
                    constraints,
                    fileBytes,
                    rungs,
                    training,
                    budget,
                    execution,
                    finals,
                    export)),
        Optional.empty());
  }
}
