package org.finchnas.coordinator.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.finchnas.searchspace.CellSearchSpace;
import org.finchnas.searchspace.Operation;
import org.finchnas.searchspace.OperationSet;
import org.finchnas.searchspace.Stem;

/**
 * The architectures a search may propose.
 *
 * @param operations a set ({@code nasnet}, {@code amoebanet}) or tokens; default {@code amoebanet}
 * @param blocks in each cell; default 5
 * @param cellsPerStack choices for the normal cells of a stack (paper: N); default 1
 * @param initialFilters choices for the filters of the first stack (paper: F); default 8, 16
 * @param stem default {@code cifar}
 */
public record SpaceConfig(
    List<Operation> operations,
    int blocks,
    List<Integer> cellsPerStack,
    List<Integer> initialFilters,
    Stem stem) {

  public static final SpaceConfig DEFAULT =
      new SpaceConfig(
          OperationSet.AMOEBANET.operations(), 5, List.of(1), List.of(8, 16), Stem.CIFAR);

  public SpaceConfig {
    operations = List.copyOf(operations);
    cellsPerStack = List.copyOf(cellsPerStack);
    initialFilters = List.copyOf(initialFilters);
    requireDistinct("operations", operations);
    requireDistinct("cellsPerStack", cellsPerStack);
    requireDistinct("initialFilters", initialFilters);
    // Refuses what no search could begin with; every image size of a configuration is as good here.
    new CellSearchSpace(
        operations, blocks, cellsPerStack, initialFilters, stem, DataConfig.DEFAULT.image());
  }

  /** The space for images of a size. */
  public CellSearchSpace forImages(int imageSize) {
    return new CellSearchSpace(operations, blocks, cellsPerStack, initialFilters, stem, imageSize);
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
    Stem stem = section.read("stem", DEFAULT.stem, ValueRule.oneOf(Stem.class));
    List<Operation> all = operations.stream().flatMap(List::stream).toList();
    return section.finish(() -> new SpaceConfig(all, blocks, cells, filters, stem), DEFAULT);
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
    settings.put("stem", ValueRule.word(stem));
    return settings;
  }

  private static Map<String, List<Operation>> operationsByWord() {
    Map<String, List<Operation>> byWord = new TreeMap<>();
    byWord.put("nasnet", OperationSet.NASNET.operations());
    byWord.put("amoebanet", OperationSet.AMOEBANET.operations());
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
