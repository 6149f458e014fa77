package org.finchnas.searchspace.notation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.finchnas.searchspace.Architecture;
import org.finchnas.searchspace.Block;
import org.finchnas.searchspace.Cell;
import org.finchnas.searchspace.Macro;
import org.finchnas.searchspace.Operation;
import org.finchnas.searchspace.Stem;
import org.finchnas.searchspace.network.ActivationFunction;
import org.finchnas.searchspace.network.Shape;
import org.finchnas.searchspace.published.PublishedCells;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ForeignNotationTest {

  /** Published texts and the cells they are published as. */
  static Stream<Arguments> publishedTexts() {
    return Stream.of(
        Arguments.of(ForeignNotation.DARTS, PublishedTexts.DARTS_V1, PublishedCells.DARTS_V1),
        Arguments.of(ForeignNotation.DARTS, PublishedTexts.DARTS_V2, PublishedCells.DARTS_V2),
        Arguments.of(ForeignNotation.NNI, PublishedTexts.NNI_DARTS_V2, PublishedCells.DARTS_V2),
        slim(PublishedTexts.SLIM_NASNET_A, PublishedCells.NASNET_A_CIFAR),
        slim(PublishedTexts.TPU_AMOEBANET_A, PublishedCells.AMOEBANET_A_MOBILE),
        slim(PublishedTexts.TPU_AMOEBANET_B, PublishedCells.AMOEBANET_B_MOBILE),
        slim(PublishedTexts.TPU_AMOEBANET_C, PublishedCells.AMOEBANET_C_MOBILE),
        slim(PublishedTexts.TPU_AMOEBANET_D, PublishedCells.AMOEBANET_D_MOBILE),
        slim(PublishedTexts.SLIM_PNASNET_5, PublishedCells.PNASNET_5_MOBILE));
  }

  private static Arguments slim(String text, PublishedCells cells) {
    return Arguments.of(ForeignNotation.SLIM, text, cells);
  }

  @ParameterizedTest
  @MethodSource("publishedTexts")
  void reads_what_was_published(ForeignNotation notation, String text, PublishedCells cells) {
    Architecture published = Architecture.parse(cells.notation());

    assertThat(ForeignNotation.detect(text)).contains(notation);
    assertThat(notation.readCells(text).with(published.macro())).isEqualTo(published);
  }

  @Test
  void writes_what_was_published() {
    assertThat(ForeignNotation.DARTS.write(published(PublishedCells.DARTS_V1)))
        .isEqualTo(PublishedTexts.DARTS_V1);
    assertThat(ForeignNotation.DARTS.write(published(PublishedCells.DARTS_V2)))
        .isEqualTo(PublishedTexts.DARTS_V2);
    assertThat(ForeignNotation.SLIM.write(published(PublishedCells.NASNET_A_MOBILE)))
        .isEqualTo(PublishedTexts.SLIM_NASNET_A);
    assertThat(ForeignNotation.SLIM.write(published(PublishedCells.AMOEBANET_D_MOBILE)))
        .isEqualTo(PublishedTexts.TPU_AMOEBANET_D);
  }

  /** The same cell by two authors, who number the previous cells the other way round. */
  @Test
  void the_blocks_of_NASNet_in_DARTS_are_those_in_slim() {
    CellPair darts = ForeignNotation.DARTS.readCells(PublishedTexts.DARTS_NASNET);
    CellPair slim = ForeignNotation.SLIM.readCells(PublishedTexts.SLIM_NASNET_A);

    assertThat(darts.normal().blocks()).isEqualTo(slim.normal().blocks());
    assertThat(darts.normal().concat()).containsExactly(2, 3, 4, 5, 6);
    assertThat(darts.reduction().concat()).containsExactly(4, 5, 6);
    assertThat(darts.reduction().blocks()).isEqualTo(slim.reduction().blocks());
  }

  @Test
  void a_sample_of_NNI_says_how_large_the_network_is_and_concatenates_loose_ends() {
    assertThat(ForeignNotation.detect(PublishedTexts.NNI_NASNET_SAMPLE))
        .contains(ForeignNotation.NNI);
    assertThat(ForeignNotation.NNI.read(PublishedTexts.NNI_NASNET_SAMPLE).notation())
        .isEqualTo(
            "n=2,f=32,stem=cifar,image=32,wiring=darts"
                + ":normal=max_pool_7x7@1+conv_1x1@1,sep_conv_5x5@1+max_pool_7x7@0"
                + ",sep_conv_5x5@0+conv_1x1@2,max_pool_3x3@1+sep_conv_5x5@0"
                + ",max_pool_7x7@1+sep_conv_5x5@2"
                + ":reduction=dil_conv_3x3@0+max_pool_7x7@0,dil_conv_3x3@1+dil_conv_3x3@0"
                + ",conv_1x7_7x1@2+conv_1x7_7x1@0,max_pool_3x3@1+conv_1x1@4"
                + ",sep_conv_7x7@3+sep_conv_3x3@3");
  }

  /** The published size of DARTS (second order) on CIFAR-10, without its auxiliary head. */
  @ParameterizedTest
  @MethodSource("textsOfDartsV2")
  void cells_are_stacked_as_their_tool_does(ForeignNotation notation, String text) {
    Architecture read = notation.read(text);
    long params = read.assemble(new Shape(3, 32, 32), 10).params();

    assertThat(read).isEqualTo(published(PublishedCells.DARTS_V2));
    assertThat(params).isEqualTo(3_349_342);
  }

  static Stream<Arguments> textsOfDartsV2() {
    return Stream.of(
        Arguments.of(ForeignNotation.DARTS, PublishedTexts.DARTS_V2),
        Arguments.of(ForeignNotation.NNI, PublishedTexts.NNI_DARTS_V2));
  }

  /** What each tool cannot express of the published cells is listed, and all else comes back. */
  @ParameterizedTest
  @EnumSource
  void published_cells_are_read_back(PublishedCells cells) {
    Architecture published = published(cells);

    for (ForeignNotation notation : ForeignNotation.values()) {
      if (INEXPRESSIBLE.getOrDefault(notation, Set.of()).contains(cells.token())) {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> notation.write(published))
            .withMessageMatching("(?s).+(Write the|write the) notation .+");
      } else {
        assertReadBack(notation, published);
      }
    }
  }

  private static final Map<ForeignNotation, Set<String>> INEXPRESSIBLE =
      Map.of(
          ForeignNotation.DARTS,
          Set.of("amoebanet-b-mobile", "amoebanet-c-mobile", "amoebanet-d-mobile"),
          ForeignNotation.SLIM,
          Set.of("darts-v1", "darts-v2", "darts-v1-imagenet", "darts-v2-imagenet"),
          ForeignNotation.NNI,
          Set.of(
              "nasnet-a-cifar",
              "nasnet-a-mobile",
              "nasnet-a-large",
              "amoebanet-a-mobile",
              "amoebanet-b-mobile",
              "amoebanet-c-mobile",
              "amoebanet-d-mobile"));

  private static void assertReadBack(ForeignNotation notation, Architecture architecture) {
    String text = notation.write(architecture);

    assertThat(ForeignNotation.detect(text)).contains(notation);
    assertThat(notation.readCells(text)).isEqualTo(CellPair.of(architecture));
    assertThat(notation.write(notation.readCells(text).with(architecture.macro()))).isEqualTo(text);
    if (!notation.holdsCellsOnly()) {
      assertThat(notation.read(text)).isEqualTo(architecture);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void random_cells_are_read_back_from_DARTS(long seed) {
    Random random = new Random(seed);
    List<Operation> operations = operations(ForeignNotation.DARTS);
    for (int i = 0; i < 100; i++) {
      List<Block> normal = blocks(random, 1 + random.nextInt(16), operations);
      List<Block> reduction = blocks(random, 1 + random.nextInt(16), operations);
      Cell normalCell = new Cell(normal, concat(random, 0, normal.size()));
      Cell reductionCell = new Cell(reduction, concat(random, 2, reduction.size()));
      assertReadBack(
          ForeignNotation.DARTS, new CellPair(normalCell, reductionCell).with(macro(random)));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void random_cells_are_read_back_from_slim(long seed) {
    Random random = new Random(seed);
    List<Operation> operations = operations(ForeignNotation.SLIM);
    for (int i = 0; i < 100; i++) {
      CellPair cells =
          new CellPair(
              new Cell(blocks(random, 5, operations), ascending(concat(random, 0, 5))),
              new Cell(blocks(random, 5, operations), ascending(concat(random, 0, 5))));
      assertReadBack(ForeignNotation.SLIM, cells.with(macro(random)));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void random_cells_are_read_back_from_NNI(long seed) {
    Random random = new Random(seed);
    List<Operation> operations = operations(ForeignNotation.NNI);
    for (int i = 0; i < 100; i++) {
      int size = 1 + random.nextInt(16);
      List<Integer> all = IntStream.range(2, size + 2).boxed().toList();
      List<Block> normal = blocks(random, size, operations);
      List<Block> reduction = blocks(random, size, operations);
      CellPair cells =
          random.nextBoolean()
              ? new CellPair(Cell.ofBlocks(normal), Cell.ofBlocks(reduction))
              : new CellPair(new Cell(normal, all), new Cell(reduction, all));
      Architecture architecture = cells.with(macro(random));
      assertReadBack(ForeignNotation.NNI, architecture);
      Macro read = ForeignNotation.NNI.read(ForeignNotation.NNI.write(architecture)).macro();
      assertThat(read.cellsPerStack()).isEqualTo(architecture.macro().cellsPerStack());
      assertThat(read.initialFilters()).isEqualTo(architecture.macro().initialFilters());
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void random_architectures_are_read_back_from_JSON(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 100; i++) {
      List<Block> normal = blocks(random, 1 + random.nextInt(16), List.of(Operation.values()));
      List<Block> reduction = blocks(random, 1 + random.nextInt(16), List.of(Operation.values()));
      CellPair cells =
          new CellPair(
              new Cell(normal, concat(random, 0, normal.size())),
              new Cell(reduction, concat(random, 0, reduction.size())));
      assertReadBack(ForeignNotation.JSON, cells.with(macro(random)));
    }
  }

  /** Those that the notation writes: found by trying each. */
  private static List<Operation> operations(ForeignNotation notation) {
    return Arrays.stream(Operation.values())
        .filter(operation -> canWrite(notation, operation))
        .toList();
  }

  private static boolean canWrite(ForeignNotation notation, Operation operation) {
    Cell cell = Cell.ofBlocks(Collections.nCopies(5, new Block(0, operation, 1, operation)));
    try {
      notation.write(new CellPair(cell, cell).with(new Macro(1, 8, Stem.CIFAR, 32)));
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  @Test
  void each_tool_knows_its_operations() {
    assertThat(operations(ForeignNotation.DARTS)).hasSize(9);
    assertThat(operations(ForeignNotation.SLIM)).hasSize(13);
    assertThat(operations(ForeignNotation.NNI)).hasSize(16);
    assertThat(EnumSet.copyOf(operations(ForeignNotation.JSON)))
        .isEqualTo(EnumSet.allOf(Operation.class));
  }

  private static List<Block> blocks(Random random, int count, List<Operation> operations) {
    List<Block> blocks = new ArrayList<>();
    for (int states = 2; states < count + 2; states++) {
      blocks.add(
          new Block(
              random.nextInt(states),
              operations.get(random.nextInt(operations.size())),
              random.nextInt(states),
              operations.get(random.nextInt(operations.size()))));
    }
    return blocks;
  }

  /** Some states in any order, one of them a block. */
  private static List<Integer> concat(Random random, int first, int blocks) {
    int block = 2 + random.nextInt(blocks);
    List<Integer> states = new ArrayList<>(List.of(block));
    for (int state = first; state < blocks + 2; state++) {
      if (state != block && random.nextBoolean()) {
        states.add(state);
      }
    }
    Collections.shuffle(states, random);
    return states;
  }

  private static List<Integer> ascending(List<Integer> states) {
    return states.stream().sorted().toList();
  }

  private static Macro macro(Random random) {
    Macro macro =
        Macro.parse(
            "n=%d,f=%d,stem=%s,image=%d,stemMultiplier=%d,wiring=%s,skipReductionInput=%b,headKeep=%s"
                .formatted(
                    1 + random.nextInt(9),
                    4 * (2 + random.nextInt(30)),
                    random.nextBoolean() ? "cifar" : "imagenet",
                    32 + random.nextInt(300),
                    1 + random.nextInt(4),
                    random.nextBoolean() ? "darts" : "nasnet",
                    random.nextBoolean(),
                    1 - random.nextDouble()));
    return macro.with(
        random.nextBoolean() ? ActivationFunction.SWISH : ActivationFunction.RELU,
        random.nextBoolean());
  }

  private static Architecture published(PublishedCells cells) {
    return Architecture.parse(cells.notation());
  }
}
