package org.finchnas.cli;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.finchnas.coordinator.ToldEvaluation;
import org.finchnas.coordinator.run.RecordedRun;
import org.finchnas.evaluation.Evaluation;
import org.finchnas.evaluation.Evaluation.Completed;
import org.finchnas.evaluation.Objective;
import org.finchnas.searchspace.Architecture;
import org.finchnas.searchspace.Blueprint;
import org.finchnas.searchspace.network.Shape;
import org.finchnas.searchspace.notation.ForeignNotation;
import org.finchnas.searchspace.weights.WeightsFile;
import org.jspecify.annotations.Nullable;

/**
 * What a command is about: a design, and where it was trained its weights and images.
 *
 * @param name how the user called it
 * @param weights file of the trained network, or null
 * @param dataSet what it was trained on, or null where that is not known
 */
record Subject(String name, Blueprint blueprint, @Nullable Path weights, @Nullable String dataSet) {

  private static final long MAX_NOTATION_BYTES = 64 * 1024;
  private static final String BEST = "best";

  /** Finds what RUN#ID, RUN#best, a file, a model's folder, a name or a notation stands for. */
  static Subject of(String text) throws IOException {
    int mark = text.lastIndexOf('#');
    if (mark > 0 && !text.endsWith(WeightsFile.SUFFIX)) {
      return ofRun(text, Path.of(text.substring(0, mark)), text.substring(mark + 1));
    }
    Path file = Path.of(text);
    if (text.endsWith(WeightsFile.SUFFIX)) {
      return new Subject(text, WeightsFile.read(file).blueprint(), file, null);
    }
    if (!text.isEmpty() && Files.isDirectory(file)) {
      return ofFolder(text, file);
    }
    if (Files.isRegularFile(file)) {
      return new Subject(text, Blueprint.of(notation(file)), null, null);
    }
    if (text.indexOf('/') >= 0 && text.indexOf(':') < 0) {
      throw new InputException(
          "There is no file %s, and no network of that name. A run's candidate is named RUN#ID."
              .formatted(text));
    }
    return new Subject(text, Blueprint.of(text), null, null);
  }

  private static Subject ofFolder(String text, Path folder) throws IOException {
    Path model = folder.resolve(Models.WEIGHTS);
    if (!Files.isRegularFile(model)) {
      throw new InputException(
          "%s is a folder without a %s. A run's candidate is named %s#ID, %s#NUMBER or %s#best; finch pareto %s lists them."
              .formatted(text, Models.WEIGHTS, text, text, text, text));
    }
    return new Subject(text, WeightsFile.read(model).blueprint(), model, null);
  }

  /**
   * The cells that a file has in the notation of another tool, stacked as given.
   *
   * @param macro settings such as {@code n=4,f=44,stem=imagenet}
   * @throws InputException if the file itself says how they are stacked, or is no such file
   */
  static Subject ofCells(String text, String macro) throws IOException {
    Path file = Path.of(text);
    String content = Files.isRegularFile(file) ? content(file) : "";
    ForeignNotation notation =
        ForeignNotation.detect(content)
            .filter(ForeignNotation::holdsCellsOnly)
            .orElseThrow(
                () ->
                    new InputException(
                        "--macro says how the cells in a file of another tool are stacked, in the notation darts, slim or nni. %s is no such file: leave --macro out."
                            .formatted(text)));
    Architecture architecture = notation.readCells(content).with(notation.readMacro(macro));
    return new Subject(text, Blueprint.of(architecture.notation()), null, null);
  }

  private static String notation(Path file) throws IOException {
    String content = content(file);
    Optional<ForeignNotation> foreign = ForeignNotation.detect(content);
    if (foreign.isPresent()) {
      return foreign.get().read(content).notation();
    }
    String line = content.strip();
    if (line.lines().count() != 1) {
      throw noNotation(file);
    }
    return line;
  }

  private static String content(Path file) throws IOException {
    if (Files.size(file) > MAX_NOTATION_BYTES) {
      throw noNotation(file);
    }
    try {
      return Files.readString(file);
    } catch (CharacterCodingException e) {
      throw noNotation(file);
    }
  }

  private static InputException noNotation(Path file) {
    return new InputException(
        "%s is no architecture: a file must hold a name or a notation, one line of text, or cells as %s, or be a model%s."
            .formatted(file, String.join(", ", ForeignNotation.tokens()), WeightsFile.SUFFIX));
  }

  /** The file of its weights. */
  Path requireWeights() {
    if (weights == null && dataSet != null) {
      throw new InputException(
          "%s was trained, but its weights are no longer in the run's folder weights. Restore them from a copy, or train it anew: finch train '%s'"
              .formatted(name, name));
    }
    if (weights == null) {
      throw new InputException(
          "%s is not trained, and only a trained network can be exported or verified. Train it: finch train %s"
              .formatted(name, name));
    }
    return weights;
  }

  private static Subject ofRun(String text, Path path, String id) {
    RecordedRun run = RecordedRun.read(path);
    Completed found = id.equals(BEST) ? best(run) : find(run, id);
    int size = run.config().data().image();
    WeightsOf weights = new WeightsOf(run.path());
    Path file = weights.file(trained(run.finals(), found));
    Blueprint blueprint = weights.blueprint(found, new Shape(3, size, size));
    return new Subject(text, blueprint, file, run.config().data().set());
  }

  /** As it was trained for use, where it was. */
  private static Completed trained(Map<String, Evaluation> finals, Completed found) {
    return finals.get(idOf(found)) instanceof Completed trained ? trained : found;
  }

  /** Of those trained for use, or else for longest, the most accurate on validation images. */
  private static Completed best(RecordedRun run) {
    Map<String, Evaluation> finals = run.finals();
    Comparator<Completed> order =
        Comparator.comparing((Completed each) -> !trained(finals, each).equals(each))
            .thenComparing(each -> epochs(trained(finals, each)))
            .thenComparing(each -> trained(finals, each).score(Objective.VALIDATION_ACCURACY));
    return completed(run)
        .max(order)
        .orElseThrow(
            () -> new InputException("%s has no trained candidate yet.".formatted(run.path())));
  }

  private static Stream<Completed> completed(RecordedRun run) {
    return run.told().stream()
        .filter(told -> told.duplicateOf() == null)
        .map(ToldEvaluation::evaluation)
        .filter(Completed.class::isInstance)
        .map(Completed.class::cast);
  }

  private static Completed find(RecordedRun run, String id) {
    List<Completed> matches =
        completed(run).filter(each -> isNumbered(each, id) || isCalled(each, id)).toList();
    Optional<Completed> numbered =
        matches.stream().filter(each -> isNumbered(each, id)).findFirst();
    if (numbered.isPresent()) {
      return numbered.get();
    }
    if (matches.isEmpty()) {
      throw new InputException(
          "There is no trained candidate %s in %s. finch pareto %s lists the best."
              .formatted(id, run.path(), run.path()));
    }
    long different = matches.stream().map(Subject::idOf).distinct().count();
    if (different > 1) {
      throw new InputException(
          "%s stands for %d candidates of %s. Give more digits."
              .formatted(id, different, run.path()));
    }
    return matches.stream().reduce((a, b) -> epochs(b) >= epochs(a) ? b : a).orElseThrow();
  }

  private static int epochs(Completed evaluation) {
    return evaluation.candidate().fidelity().epochs();
  }

  private static String idOf(Completed evaluation) {
    return evaluation.candidate().architecture().id().hex();
  }

  private static boolean isNumbered(Completed evaluation, String id) {
    return id.equals(Integer.toString(evaluation.candidate().number()));
  }

  /** By the first digits (4 or more) of its id. */
  private static boolean isCalled(Completed evaluation, String id) {
    return id.length() >= 4 && idOf(evaluation).startsWith(id);
  }
}
