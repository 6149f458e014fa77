package org.finchnas.searchspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.finchnas.searchspace.published.PublishedCells;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArchitectureIdTest {

  private static final Macro MACRO = new Macro(1, 8, Stem.CIFAR, 32);
  private static final Cell REDUCTION =
      Cell.ofBlocks(List.of(new Block(0, Operation.IDENTITY, 1, Operation.IDENTITY)));
  private static final List<Operation> OPERATIONS =
      List.of(Operation.IDENTITY, Operation.MAX_POOLING_3X3, Operation.CONV_1X1);

  private static String id(Cell cell) {
    return new Architecture(cell, REDUCTION, MACRO).id().hex();
  }

  /**
   * All 2 916 pairs of blocks over three operations, each with all twelve concats that hold a
   * block: ids are compared with a check that tries every renumbering.
   */
  @Test
  void is_equal_exactly_for_isomorphic_cells_of_a_whole_small_space() {
    Map<String, List<Cell>> byId = new TreeMap<>();
    for (Cell cell : cellsOfTwoBlocks()) {
      byId.computeIfAbsent(id(cell), any -> new ArrayList<>()).add(cell);
    }
    Map<String, String> idBySlowForm = new HashMap<>();
    byId.forEach(
        (id, cells) -> {
          for (Cell cell : cells) {
            // Equal ids must mean isomorphic, and isomorphic must mean equal ids.
            assertThat(SlowIsomorphism.areIsomorphic(cell, cells.get(0))).isTrue();
          }
          assertThat(idBySlowForm.put(SlowIsomorphism.leastText(cells.get(0)), id)).isNull();
        });
    assertThat(byId.size()).isGreaterThan(1000);
  }

  /**
   * All 73 710 cells of three blocks over three operations, but for the order of a block's sides.
   */
  @Test
  void is_equal_exactly_for_isomorphic_cells_of_three_blocks() {
    Map<String, String> textById = new HashMap<>();
    Map<String, String> idByText = new HashMap<>();
    for (Block first : unordered(blocks(2))) {
      for (Block second : unordered(blocks(3))) {
        for (Block third : unordered(blocks(4))) {
          Cell cell = Cell.ofBlocks(List.of(first, second, third));
          String id = id(cell);
          String text = SlowIsomorphism.leastText(cell);
          assertThat(textById.computeIfAbsent(id, any -> text)).isEqualTo(text);
          assertThat(idByText.computeIfAbsent(text, any -> id)).isEqualTo(id);
        }
      }
    }
    assertThat(textById.size()).isBetween(10_000, 73_709);
  }

  private static List<Block> unordered(List<Block> blocks) {
    return blocks.stream()
        .filter(
            block ->
                block.leftInput() < block.rightInput()
                    || (block.leftInput() == block.rightInput()
                        && block.leftOperation().compareTo(block.rightOperation()) <= 0))
        .toList();
  }

  private static List<Cell> cellsOfTwoBlocks() {
    List<Cell> cells = new ArrayList<>();
    for (Block first : blocks(2)) {
      for (Block second : blocks(3)) {
        for (int concat = 1; concat < 16; concat++) {
          int states = concat;
          List<Integer> list =
              IntStream.range(0, 4).filter(i -> (states >> i & 1) == 1).boxed().toList();
          if (states >= 4) {
            cells.add(new Cell(List.of(first, second), list));
          }
        }
      }
    }
    return cells;
  }

  private static List<Block> blocks(int states) {
    List<Block> blocks = new ArrayList<>();
    for (int left = 0; left < states; left++) {
      for (int right = 0; right < states; right++) {
        for (Operation a : OPERATIONS) {
          for (Operation b : OPERATIONS) {
            blocks.add(new Block(left, a, right, b));
          }
        }
      }
    }
    return blocks;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void random_cells_keep_their_id_when_renumbered_swapped_and_padded_with_dead_blocks(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 200; i++) {
      Cell cell = randomCell(random, 1 + random.nextInt(6), 1 + random.nextInt(3));
      Cell other = disguise(cell, random);

      assertThat(id(other)).as("%s and %s", cell, other).isEqualTo(id(cell));
    }
  }

  /** Few operations make nearly equal cells likely: they are told apart as the slow check does. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void random_cells_have_equal_ids_exactly_if_they_are_isomorphic(long seed) {
    Random random = new Random(seed);
    List<Cell> cells = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      cells.add(randomCell(random, 3, 1));
    }
    int equal = 0;
    for (Cell a : cells) {
      for (Cell b : cells) {
        boolean isomorphic = SlowIsomorphism.areIsomorphic(a, b);
        assertThat(id(a).equals(id(b))).as("%s and %s", a, b).isEqualTo(isomorphic);
        equal += isomorphic ? 1 : 0;
      }
    }
    assertThat(equal).isGreaterThan(cells.size());
  }

  private static Cell randomCell(Random random, int blocks, int operations) {
    List<Block> list = new ArrayList<>();
    for (int i = 0; i < blocks; i++) {
      list.add(
          new Block(
              random.nextInt(i + 2),
              OPERATIONS.get(random.nextInt(operations)),
              random.nextInt(i + 2),
              OPERATIONS.get(random.nextInt(operations))));
    }
    return random.nextBoolean()
        ? Cell.ofBlocks(list)
        : new Cell(list, List.of(random.nextInt(2), 2 + random.nextInt(blocks)));
  }

  /** The same cell with another topological order, swapped sides, dead blocks, mixed concat. */
  private static Cell disguise(Cell cell, Random random) {
    int blocks = cell.blocks().size();
    List<Block> list = new ArrayList<>();
    Map<Integer, Integer> renamed = new HashMap<>(Map.of(0, 0, 1, 1));
    while (renamed.size() < blocks + 2) {
      int state = 2 + random.nextInt(blocks);
      Block block = cell.blocks().get(state - 2);
      if (random.nextInt(4) == 0 && list.size() < 10) {
        list.add(
            new Block(0, Operation.CONV_3X3, random.nextInt(list.size() + 2), Operation.IDENTITY));
      } else if (!renamed.containsKey(state)
          && renamed.containsKey(block.leftInput())
          && renamed.containsKey(block.rightInput())) {
        int left = renamed.getOrDefault(block.leftInput(), -1);
        int right = renamed.getOrDefault(block.rightInput(), -1);
        list.add(
            random.nextBoolean()
                ? new Block(left, block.leftOperation(), right, block.rightOperation())
                : new Block(right, block.rightOperation(), left, block.leftOperation()));
        renamed.put(state, list.size() + 1);
      }
    }
    List<Integer> concat =
        new ArrayList<>(cell.concat().stream().map(s -> renamed.getOrDefault(s, -1)).toList());
    Collections.shuffle(concat, random);
    return new Cell(list, concat);
  }

  @Test
  void sixteen_equal_blocks_take_no_time() {
    Block block = new Block(0, Operation.IDENTITY, 1, Operation.CONV_1X1);

    assertThat(id(Cell.ofBlocks(Collections.nCopies(16, block)))).hasSize(16);
  }

  @Test
  void distinguishes_cells_macros_and_which_cell_is_which() {
    Cell cell = Cell.ofBlocks(List.of(new Block(0, Operation.IDENTITY, 0, Operation.IDENTITY)));
    List<Architecture> architectures =
        List.of(
            new Architecture(cell, REDUCTION, MACRO),
            new Architecture(REDUCTION, cell, MACRO),
            new Architecture(cell, REDUCTION, new Macro(2, 8, Stem.CIFAR, 32)),
            new Architecture(cell, REDUCTION, new Macro(1, 16, Stem.CIFAR, 32)),
            new Architecture(cell, REDUCTION, new Macro(1, 8, Stem.IMAGENET, 32)));

    assertThat(architectures.stream().map(Architecture::id).distinct()).hasSize(5);
  }

  /** Ids name files and are compared between versions: they must never change. */
  @Test
  void does_not_change_between_versions() {
    assertThat(Architecture.parse(PublishedCells.NASNET_A_CIFAR.notation()).id())
        .hasToString("76f150ced15cbabd");
  }
}
