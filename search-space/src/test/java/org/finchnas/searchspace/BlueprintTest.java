package org.finchnas.searchspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.finchnas.searchspace.network.Network;
import org.finchnas.searchspace.network.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class BlueprintTest {

  @ParameterizedTest
  @MethodSource("org.finchnas.searchspace.Blueprint#names")
  void every_name_assembles_to_a_network_of_that_shape(String name) {
    Network network = new Blueprint(name, new Shape(3, 64, 64), 7).assemble();

    assertThat(network.input()).isEqualTo(new Shape(3, 64, 64));
    assertThat(network.classes()).isEqualTo(7);
  }

  @Test
  void mobilenet_v2_has_the_size_of_torchvisions() {
    Network network = Blueprint.of("mobilenet-v2").assemble();

    assertThat(network.params()).isEqualTo(3_504_872);
    assertThat(network.macs()).isEqualTo(300_774_272);
    assertThat(network.paramsWithStatistics()).isEqualTo(3_504_872 + 2 * 17_056);
  }

  /** Multiply-accumulates in millions of the table in slim's MobileNet README. */
  @ParameterizedTest
  @CsvSource({"0.35, 59", "0.5, 97", "0.75, 209", "1.0, 300", "1.3, 509", "1.4, 582"})
  void mobilenet_v2_has_the_published_macs_at_every_width(String width, long millions) {
    assertThat(Blueprint.of("mobilenet-v2@" + width).assemble().macs() / 1_000_000)
        .isEqualTo(millions);
  }

  @Test
  void an_unknown_name_is_answered_with_the_nearest() {
    assertThatThrownBy(() -> Blueprint.of("nasnet-mobile"))
        .hasMessageContaining("Did you mean \"nasnet-a-mobile\"");
    assertThatThrownBy(() -> Blueprint.of("mobilenet-v2@wide").assemble())
        .hasMessageContaining("\"wide\" is no number");
    assertThatThrownBy(() -> Blueprint.of("mobilenet-v2@0").assemble())
        .hasMessageContaining("must be above 0");
  }
}
