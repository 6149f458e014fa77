package org.finchnas.searchspace.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.finchnas.searchspace.Blueprint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeadTest {

  private static final String DESIGN =
      "n=1,f=4,stem=cifar,image=8:normal=sep_conv_3x3@0+skip_connect@1"
          + ":reduction=max_pool_3x3@0+conv_1x1@1";

  /** Parameters of the last layer as published: features times classes, and biases. */
  @ParameterizedTest
  @CsvSource({
    "mobilenet-v2, 1281000",
    "resnet-50, 2049000",
    "vgg-16, 4097000",
    "squeezenet-1.1, 513000",
    "shufflenet-g3, 961000"
  })
  void the_head_of_a_published_network_is_its_last_layer(String name, long params) {
    Head head = Head.of(Blueprint.of(name).assemble());

    assertThat(head.alone().params()).isEqualTo(params);
    assertThat(head.weightNames()).hasSize(2);
    assertThat(head.alone().input()).isEqualTo(head.features().shape());
    assertThat(head.alone().classes()).isEqualTo(1000);
  }

  @ParameterizedTest
  @CsvSource({"mobilenet-v2@0.1", "squeezenet-1.0", "densenet-121", "nasnet-a-cifar", "lenet"})
  void networks_for_other_classes_have_the_same_body(String name) {
    Shape image = Blueprint.of(name).image();
    Head ten = Head.of(new Blueprint(name, image, 10).assemble());
    Head three = Head.of(new Blueprint(name, image, 3).assemble());

    assertThat(three.body()).isEqualTo(ten.body()).doesNotContain(three.classifier());
    assertThat(three.alone().macs() + bodyMacs(three)).isEqualTo(three.network().macs());
    assertThat(three.classifier()).isNotEqualTo(ten.classifier());
  }

  private static long bodyMacs(Head head) {
    return head.body().stream()
        .mapToLong(node -> node.layer().macs(head.network().inputShapes(node)))
        .sum();
  }

  @Test
  void the_head_of_cells_reads_pooled_channels() {
    Head head = Head.of(new Blueprint(DESIGN, new Shape(3, 8, 8), 5).assemble());

    assertThat(head.weightNames())
        .containsExactlyInAnyOrder("head/dense/weights", "head/dense/bias");
    assertThat(head.features().shape().height()).isEqualTo(1);
    assertThat(head.alone().nodes()).hasSize(2);
  }

  @Test
  void what_goes_around_the_last_layer_leaves_no_head() {
    NetworkBuilder builder = new NetworkBuilder("around", new Shape(2, 4, 4));
    int pooled = builder.add("pool", new Layer.GlobalAveragePooling(), 0);
    int dense = builder.add("dense", new Layer.Dense(2, true), pooled);
    Network network = builder.build(builder.add("sum", new Layer.Add(), pooled, dense));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Head.of(network))
        .withMessageContaining("around has no head")
        .withMessageContaining("goes around dense");
  }

  @Test
  void layers_without_weights_alone_are_no_head() {
    NetworkBuilder builder = new NetworkBuilder("plain", new Shape(2, 4, 4));
    Network network = builder.build(builder.add("pool", new Layer.GlobalAveragePooling(), 0));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Head.of(network))
        .withMessageContaining("it has no weights");
    assertThat(List.of(network.classes())).containsExactly(2);
  }
}
