package org.finchnas.coordinator.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.finchnas.searchspace.Architecture;
import org.finchnas.searchspace.CellSearchSpace;
import org.finchnas.searchspace.DidYouMean;
import org.finchnas.searchspace.network.Shape;
import org.finchnas.searchspace.published.PublishedCells;
import org.jspecify.annotations.Nullable;

/**
 * What a search begins with: published cells, then random architectures.
 *
 * @param cells names of published cells ({@code nasnet-a}), in the order of their evaluation;
 *     default none
 * @param random how many architectures are sampled after them; null for as many as are missing to a
 *     population
 */
public record InitialConfig(List<String> cells, @Nullable Integer random) {

  public static final InitialConfig DEFAULT = new InitialConfig(List.of(), null);

  private static final String RANDOM = "random";

  public InitialConfig {
    cells = List.copyOf(cells);
  }

  /**
   * The cells as architectures of a space, with the first choice of each macro gene; they keep what
   * they concatenate.
   *
   * @throws IllegalArgumentException if one is unknown or has no place in the space; says which,
   *     why and what to change
   */
  public List<Architecture> in(CellSearchSpace space) {
    return cells.stream().map(name -> in(space, name)).toList();
  }

  private static Architecture in(CellSearchSpace space, String name) {
    Architecture published =
        PublishedCells.findCells(name)
            .map(cells -> Architecture.parse(cells.notation()))
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "initial has no cells \"%s\". %s"
                            .formatted(name, DidYouMean.sentence(name, names()))));
    Architecture architecture =
        new Architecture(published.normal(), published.reduction(), space.firstMacro());
    try {
      space.genesOf(architecture);
      architecture.assemble(new Shape(3, space.imageSize(), space.imageSize()), 10);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "initial (%s) cannot be bred from in this search. %s Widen space.operations or space.blocks to hold its cells, or leave it out."
              .formatted(name, e.getMessage()),
          e);
    }
    return architecture;
  }

  private static TreeSet<String> names() {
    TreeSet<String> names = new TreeSet<>(PublishedCells.families());
    names.add(RANDOM);
    return names;
  }

  static InitialConfig read(Section root) {
    List<Entry> entries =
        root.readWhole(
            "initial", List.of(), ValueRule.anyListOf(entry()), InitialConfig::requireOne);
    List<String> cells = entries.stream().map(Entry::cells).flatMap(Optional::stream).toList();
    Integer random =
        entries.stream().map(Entry::random).flatMap(Optional::stream).findFirst().orElse(null);
    return new InitialConfig(cells, random);
  }

  private static void requireOne(List<Entry> entries) {
    if (entries.stream().filter(entry -> entry.random().isPresent()).count() > 1) {
      throw new IllegalArgumentException("initial must say once how many are random.");
    }
  }

  /** Either a name, or a number of random architectures. */
  private record Entry(Optional<String> cells, Optional<Integer> random) {}

  private static ValueRule<Entry> entry() {
    return new ValueRule<>(
        "the name of published cells (nasnet-a) or how many are random ({random: 18})",
        InitialConfig::entry,
        String::valueOf,
        List.of());
  }

  private static Optional<Entry> entry(JsonNode node) {
    if (node.isTextual()) {
      return Optional.of(new Entry(Optional.of(node.textValue()), Optional.empty()));
    }
    JsonNode count = node.path(RANDOM);
    return node.size() == 1
            && count.canConvertToInt()
            && count.isIntegralNumber()
            && count.intValue() >= 0
        ? Optional.of(new Entry(Optional.empty(), Optional.of(count.intValue())))
        : Optional.empty();
  }

  /**
   * @throws IllegalArgumentException if they do not make a population
   */
  void requireFor(StrategyConfig strategy) {
    if (!strategy.kind().hasPopulation()) {
      if (random != null) {
        throw new IllegalArgumentException(
            "initial says how many are random (%d), but strategy.kind %s has no population to fill. Leave random out."
                .formatted(random, strategy.kind().token()));
      }
      return;
    }
    int population = strategy.population();
    boolean differs = random != null && cells.size() + random != population;
    if (differs || cells.size() > population) {
      throw new IllegalArgumentException(
          "initial holds %d architectures, but strategy.population is %d. Leave random out, and as many are sampled as are missing; or set the population to %d."
              .formatted(
                  cells.size() + (random == null ? 0 : random),
                  population,
                  cells.size() + (random == null ? 0 : random)));
    }
  }

  List<Object> settings() {
    List<Object> settings = new ArrayList<>(cells);
    if (random != null) {
      settings.add(Map.of(RANDOM, random));
    }
    return settings;
  }
}
