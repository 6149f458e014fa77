package org.finchnas.searchspace;

import static org.assertj.core.api.Assertions.assertThat;

import org.finchnas.searchspace.network.Network;
import org.finchnas.searchspace.network.Shape;
import org.finchnas.searchspace.published.PublishedCells;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PublishedCellsTest {

  /** Parameters, parameters with batch statistics, multiply-accumulates of the published code. */
  @ParameterizedTest
  @CsvSource({
    "NASNET_A_MOBILE, 5289978, 5326716, 563638816",
    "AMOEBANET_A_MOBILE, 5088162, 5124266, 555500996",
    "NASNET_A_CIFAR, 3346538, 3383786, 544333312",
  })
  void has_exactly_the_published_size(
      PublishedCells cells, long params, long paramsWithStatistics, long macs) {
    Architecture architecture = Architecture.parse(cells.notation());
    int size = architecture.macro().imageSize();
    Network network = architecture.assemble(new Shape(3, size, size), cells.classes());

    assertThat(network.params()).isEqualTo(params);
    assertThat(network.paramsWithStatistics()).isEqualTo(paramsWithStatistics);
    assertThat(network.macs()).isEqualTo(macs);
  }

  @ParameterizedTest
  @EnumSource
  void assembles_and_is_written_as_it_is_read(PublishedCells cells) {
    Architecture architecture = Architecture.parse(cells.notation());
    int size = architecture.macro().imageSize();

    assertThat(architecture.notation()).isEqualTo(cells.notation());
    Network network = architecture.assemble(new Shape(3, size, size), cells.classes());
    assertThat(network.classes()).isEqualTo(cells.classes());
  }
}
