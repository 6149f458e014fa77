package org.finchnas.coordinator.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.finchnas.searchspace.CellSearchSpace;
import org.finchnas.searchspace.Macro;
import org.finchnas.searchspace.Operation;
import org.finchnas.searchspace.OperationSet;
import org.finchnas.searchspace.Stem;
import org.finchnas.searchspace.network.ActivationFunction;

/**
 * The architectures a search may propose.
 *
 * @param operations a set ({@code nasnet}, {@code amoebanet}, {@code mobile}) or tokens; default
 *     {@code amoebanet}
 * @param blocks in each cell; default 5
 * @param cellsPerStack choices for the normal cells of a stack (paper: N); default 1
 * @param initialFilters choices for the filters of the first stack (paper: F); default 8, 16
 * @param activations choices for what operations use where their papers have a ReLU; default {@code
 *     relu}
 * @param squeezeExcite choices for whether the output of every cell is scaled; default {@code
 *     false}
 * @param stem default {@code cifar}
 */
public record SpaceConfig(
    List<Operation> operations,
    int blocks,
    List<Integer> cellsPerStack,
    List<Integer> initialFilters,
    List<ActivationFunction> activations,
    List<Boolean> squeezeExcite,
    Stem stem) {

  public static final SpaceConfig DEFAULT =
      new SpaceConfig(
          OperationSet.AMOEBANET.operations(),
          5,
          List.of(1),
          List.of(8, 16),
          List.of(ActivationFunction.RELU),
          List.of(false),
          Stem.CIFAR);

  public SpaceConfig {
    operations = List.copyOf(operations);
    cellsPerStack = List.copyOf(cellsPerStack);
    initialFilters = List.copyOf(initialFilters);
    activations = List.copyOf(activations);
    squeezeExcite = List.copyOf(squeezeExcite);
    requireDistinct("activations", activations);
    requireDistinct("squeezeExcite", squeezeExcite);
    requireDistinct("operations", operations);
    requireDistinct("cellsPerStack", cellsPerStack);
    requireDistinct("initialFilters", initialFilters);
    // Refuses what no search could begin with; every image size of a configuration is as good here.
    new CellSearchSpace(
        operations,
        blocks,
        cellsPerStack,
        initialFilters,
        activations,
        squeezeExcite,
        stem,
        DataConfig.DEFAULT.image());
  }

  /** The space for images of a size. */
  public CellSearchSpace forImages(int imageSize) {
    return new CellSearchSpace(
        operations,
        blocks,
        cellsPerStack,
        initialFilters,
        activations,
        squeezeExcite,
        stem,
        imageSize);
  }

  static SpaceConfig read(Section section) {
    List<List<Operation>> operations =
        section.read(
            "operations",
            List.of(DEFAULT.operations),
            ValueRule.listOf(ValueRule.oneOf(operationsByWord(), SpaceConfig::tokens)));
    int blocks = section.read("blocks", DEFAULT.blocks, ValueRule.integer(1));
    ValueRule<List<Integer>> counts = ValueRule.listOf(ValueRule.integer(1));
    List<Integer> cells = section.read("cellsPerStack", DEFAULT.cellsPerStack, counts);
    List<Integer> filters = section.read("initialFilters", DEFAULT.initialFilters, counts);
    List<ActivationFunction> activations =
        section.read(
            "activations",
            DEFAULT.activations,
            ValueRule.listOf(ValueRule.oneOf(activationsByWord(), ActivationFunction::token)));
    List<Boolean> squeezeExcite =
        section.read("squeezeExcite", DEFAULT.squeezeExcite, ValueRule.listOf(ValueRule.flag()));
    Stem stem = section.read("stem", DEFAULT.stem, ValueRule.oneOf(Stem.class));
    List<Operation> all = operations.stream().flatMap(List::stream).toList();
    return section.finish(
        () -> new SpaceConfig(all, blocks, cells, filters, activations, squeezeExcite, stem),
        DEFAULT);
  }

  private static String tokens(List<Operation> operations) {
    return operations.stream().map(Operation::token).collect(Collectors.joining(", "));
  }

  Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("operations", operations.stream().map(Operation::token).toList());
    settings.put("blocks", blocks);
    settings.put("cellsPerStack", cellsPerStack);
    settings.put("initialFilters", initialFilters);
    settings.put("activations", activations.stream().map(ActivationFunction::token).toList());
    settings.put("squeezeExcite", squeezeExcite);
    settings.put("stem", ValueRule.word(stem));
    return settings;
  }

  /** Without what came later and is at its default: the digests of older runs stay the same. */
  Map<String, Object> decidingSettings() {
    Map<String, Object> settings = settings();
    if (activations.equals(DEFAULT.activations)) {
      settings.remove("activations");
    }
    if (squeezeExcite.equals(DEFAULT.squeezeExcite)) {
      settings.remove("squeezeExcite");
    }
    return settings;
  }

  private static Map<String, ActivationFunction> activationsByWord() {
    Map<String, ActivationFunction> byWord = new LinkedHashMap<>();
    Macro.ACTIVATIONS.forEach(activation -> byWord.put(activation.token(), activation));
    return byWord;
  }

  private static Map<String, List<Operation>> operationsByWord() {
    Map<String, List<Operation>> byWord = new TreeMap<>();
    byWord.put("nasnet", OperationSet.NASNET.operations());
    byWord.put("amoebanet", OperationSet.AMOEBANET.operations());
    byWord.put("mobile", OperationSet.MOBILE.operations());
    for (Operation operation : Operation.values()) {
      byWord.put(operation.token(), List.of(operation));
    }
    return byWord;
  }

  private static void requireDistinct(String name, List<?> choices) {
    if (choices.isEmpty() || choices.stream().distinct().count() < choices.size()) {
      throw new IllegalArgumentException(
          "%s (%s) must hold at least one choice and none twice. Maybe drop the repeated one."
              .formatted(name, choices));
    }
  }
}
