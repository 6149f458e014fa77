package org.finchnas.searchspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.finchnas.searchspace.network.ActivationFunction;
import org.finchnas.searchspace.network.Shape;
import org.finchnas.searchspace.published.PublishedCells;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CellSearchSpaceTest {

  private static final CellSearchSpace TINY =
      new CellSearchSpace(
          List.of(Operation.IDENTITY, Operation.CONV_1X1),
          1,
          List.of(1, 3),
          List.of(8),
          Stem.CIFAR,
          32);

  private static CellSearchSpace amoebanet() {
    return new CellSearchSpace(
        OperationSet.AMOEBANET.operations(), 5, List.of(1, 2), List.of(8, 12), Stem.CIFAR, 32);
  }

  @Test
  void the_size_of_a_tiny_space_is_that_of_its_enumeration() {
    Set<Architecture> architectures = new HashSet<>();
    Random random = new Random(3);
    for (int i = 0; i < 8_000; i++) {
      architectures.add(TINY.sample(random));
    }
    // Two cells with two inputs of two operations on each side, two N, one F.
    assertThat(TINY.size()).isEqualTo(BigInteger.valueOf(16 * 16 * 2));
    assertThat(architectures).hasSize(16 * 16 * 2);
  }

  @Test
  void the_papers_space_has_as_many_genotypes_as_the_product_of_its_choices() {
    // (2 3 4 5 6)^2 inputs and 8^10 operations in each of two cells, times N and F.
    BigInteger cell = BigInteger.valueOf(720).pow(2).multiply(BigInteger.valueOf(8).pow(10));

    assertThat(amoebanet().size()).isEqualTo(cell.pow(2).multiply(BigInteger.valueOf(4)));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void encodes_what_it_decodes(long seed) {
    CellSearchSpace space = amoebanet();
    Random random = new Random(seed);
    for (int i = 0; i < 200; i++) {
      int[] values = space.genes().stream().mapToInt(g -> random.nextInt(g.choices())).toArray();
      assertThat(space.encode(space.decode(values))).isEqualTo(values);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void whatever_is_sampled_assembles(long seed) {
    CellSearchSpace space =
        new CellSearchSpace(
            List.of(Operation.values()), 5, List.of(1, 2), List.of(2, 9), Stem.CIFAR, 32);
    Random random = new Random(seed);
    for (int i = 0; i < 15; i++) {
      Architecture architecture = space.sample(random);
      assertThat(architecture.assemble(new Shape(1, 7, 5), 3).params()).isPositive();
    }
  }

  @ParameterizedTest
  @EnumSource
  void every_operation_keeps_or_halves_the_image_and_gives_f_channels(Operation operation) {
    Cell cell = Cell.ofBlocks(List.of(new Block(0, operation, 1, operation)));
    Macro macro = new Macro(1, 8, Stem.IMAGENET, 64);

    assertThat(new Architecture(cell, cell, macro).assemble(new Shape(3, 65, 63), 2).classes())
        .isEqualTo(2);
  }

  @Test
  void inputs_and_operations_are_drawn_uniformly() {
    CellSearchSpace space = amoebanet();
    Random random = new Random(5);
    int draws = 6_000;
    int[] inputs = new int[6];
    int[] operations = new int[8];
    for (int i = 0; i < draws; i++) {
      int[] values = space.encode(space.sample(random));
      // The last block of the normal cell.
      inputs[values[16]]++;
      operations[values[17]]++;
    }
    assertThat(chiSquare(inputs, draws)).isLessThan(20.5);
    assertThat(chiSquare(operations, draws)).isLessThan(24.3);
  }

  /** The bounds are the 99.9 % quantiles for 5 and 7 degrees of freedom. */
  private static double chiSquare(int[] counts, int draws) {
    double expected = (double) draws / counts.length;
    double sum = 0;
    for (int count : counts) {
      sum += (count - expected) * (count - expected) / expected;
    }
    return sum;
  }

  @Test
  void says_why_an_architecture_lies_outside() {
    Architecture nasnet = Architecture.parse(PublishedCells.NASNET_A_CIFAR.notation());
    Architecture inside = amoebanet().sample(new Random(1));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> amoebanet().encode(nasnet))
        .withMessageContaining("concatenates [1, 2, 3, 4, 5, 6], not exactly its unused blocks");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TINY.encode(inside))
        .withMessageContaining("5 blocks, not 1");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                amoebanet()
                    .encode(
                        new Architecture(
                            inside.normal(), inside.reduction(), new Macro(7, 8, Stem.CIFAR, 32))))
        .withMessageContaining("7 is not among the cellsPerStack [1, 2]");
  }

  @Test
  void rejects_genes_out_of_range_and_empty_choices() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TINY.decode(new int[] {0, 0, 0, 0, 0, 0, 2, 0, 0, 0}))
        .withMessage("Gene 6 (RIGHT_INPUT) must be in 0 to 1, but is 2.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TINY.decode(new int[3]))
        .withMessage("This space has 10 genes, not 3.");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new CellSearchSpace(
                    List.of(Operation.IDENTITY), 5, List.of(), List.of(8), Stem.CIFAR, 32))
        .withMessageContaining("cellsPerStack");
  }

  @ParameterizedTest
  @CsvSource({"9, CIFAR", "36, CIFAR", "36, IMAGENET", "44, IMAGENET", "100, IMAGENET"})
  void every_cell_of_mobile_operations_makes_a_network(int filters, Stem stem) {
    CellSearchSpace space =
        new CellSearchSpace(
            OperationSet.MOBILE.operations(),
            5,
            List.of(1),
            List.of(filters),
            List.of(ActivationFunction.RELU6, ActivationFunction.HARD_SWISH),
            List.of(true, false),
            stem,
            32);
    Random random = new Random(filters);
    for (int i = 0; i < 100; i++) {
      Architecture architecture = space.sample(random);
      assertThat(space.decode(space.encode(architecture))).isEqualTo(architecture);
      assertThat(architecture.assemble(new Shape(3, 32, 32), 10).params()).isPositive();
    }
  }

  @Test
  void a_choice_takes_a_gene_only_where_there_is_one() {
    List<Integer> one = List.of(1);
    CellSearchSpace fixed =
        new CellSearchSpace(OperationSet.MOBILE.operations(), 2, one, List.of(8), Stem.CIFAR, 32);
    CellSearchSpace scaled =
        new CellSearchSpace(
            OperationSet.MOBILE.operations(),
            2,
            one,
            List.of(8),
            List.of(ActivationFunction.SWISH),
            List.of(true, false),
            Stem.CIFAR,
            32);

    assertThat(scaled.genes()).hasSize(fixed.genes().size() + 1);
    assertThat(scaled.firstMacro().squeezeExcite()).isTrue();
    assertThat(scaled.firstMacro().activation()).isEqualTo(ActivationFunction.SWISH);
  }
}
