package org.finchnas.searchspace.published;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.finchnas.searchspace.Blueprint;
import org.finchnas.searchspace.Design;
import org.finchnas.searchspace.network.Network;
import org.finchnas.searchspace.network.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PublishedCountsTest {

  @ParameterizedTest(name = "{0} {1}, image {3}, {4} classes")
  @CsvFileSource(resources = "counts.csv", numLinesToSkip = 4)
  void counts_are_those_of_the_definition_itself(
      String name, String macro, int channels, int image, int classes, long params, long macs) {
    Network network =
        new Blueprint(design(name, macro), new Shape(channels, image, image), classes).assemble();

    assertThat(network.params()).isEqualTo(params);
    assertThat(network.macs()).isEqualTo(macs);
  }

  private static String design(String name, String macro) {
    if (macro == null) {
      return name;
    }
    String notation = PublishedCells.find(name).orElseThrow().notation();
    return macro.replace(';', ',') + notation.substring(notation.indexOf(':'));
  }

  @ParameterizedTest
  @CsvSource({
    "mobilenet-v1, 4_231_976, 569",
    "squeezenet-1.0, 1_248_424, 824",
    "resnet-34, 21_797_672, 3_673",
    "vgg-16, 138_357_544, 15_480",
    "densenet-121, 7_978_856, 2_872",
  })
  void macs_are_near_the_published_ones(String name, String params, String megamacs) {
    Network network = Blueprint.of(name).assemble();

    assertThat(network.params()).isEqualTo(number(params));
    assertThat((double) network.macs())
        .isBetween(number(megamacs) * 0.96e6, number(megamacs) * 1.04e6);
  }

  private static long number(String digits) {
    return Long.parseLong(digits.replace("_", ""));
  }

  static List<String> names() {
    return Blueprint.names();
  }

  @ParameterizedTest
  @MethodSource("names")
  void every_name_is_a_network_with_its_own_images_and_classes(String name) {
    Blueprint blueprint = Blueprint.of(name);

    Network network = blueprint.assemble();

    assertThat(network.input()).isEqualTo(blueprint.image());
    assertThat(network.classes()).isEqualTo(blueprint.classes());
  }

  @ParameterizedTest
  @CsvSource({
    "mobilenet-v2, mobilenet-v2@1, true",
    "mobilenet-v2@0.350, mobilenet-v2@0.35, true",
    "squeezenet, squeezenet-1.0, true",
    "mobilenet-v2@0.35, mobilenet-v2@0.5, false",
    "squeezenet-1.0, squeezenet-1.1, false",
  })
  void names_of_one_network_have_one_id(String one, String other, boolean same) {
    boolean equal = Design.of(one).id().equals(Design.of(other).id());
    assertThat(equal).isEqualTo(same);
  }

  @Test
  void beginnings_are_those_of_the_paper() {
    assertThat(Blueprint.of("lenet").assemble().params()).isEqualTo(61_706);
    assertThat(Blueprint.of("mlp").assemble().params()).isEqualTo(266_610);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mobilenet-v1@0.01|a width of 0.01 leaves none of 32 channels. Use a width of at least 0.031",
        "mobilenet-v2@0|must be above 0 and at most 10",
        "mobilenet-v2@0x1p-1|the width \"0x1p-1\" is no number",
        "mobilenet-v2@wide|the width \"wide\" is no number, as in mobilenet-v2@0.35",
        "resnet-18@0.5|resnet-18 has no widths, as mobilenet-v1, mobilenet-v2, shufflenet-g1",
        "shufflenet-g3@0.31|stage 1 would have 74 channels",
        "shufflenet-g3@0.01|stage 1 would have 2 channels",
        "shufflenet-g5|Did you mean \"shufflenet-g1\"",
      })
  void a_width_that_cannot_be_is_refused(String name, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Blueprint(name, new Shape(3, 224, 224), 10).assemble())
        .withMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource({"vgg-16, 31, stage_5", "u-net, 100, multiples of 16", "squeezenet-1.0, 16, stage_"})
  void an_image_that_is_too_small_is_refused_with_the_layer(String name, int size, String place) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Blueprint(name, new Shape(3, size, size), 10).assemble())
        .withMessageContaining(place);
  }
}
