package org.finchnas.searchspace.drawing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.finchnas.searchspace.Blueprint;
import org.finchnas.searchspace.network.ActivationFunction;
import org.finchnas.searchspace.network.Layer;
import org.finchnas.searchspace.network.LayerChain;
import org.finchnas.searchspace.network.Network;
import org.finchnas.searchspace.network.NetworkBuilder;
import org.finchnas.searchspace.network.Node;
import org.finchnas.searchspace.network.PoolingKind;
import org.finchnas.searchspace.network.Shape;
import org.finchnas.searchspace.network.Window;
import org.finchnas.searchspace.published.ReferenceNetworks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkDrawingTest {

  private static final Layer.BatchNorm BATCH_NORM = new Layer.BatchNorm(1e-5, 0.9);
  private static final String SHAPE_STROKE = "#2f6fb5";

  private static List<String> names() {
    List<String> names = new ArrayList<>(ReferenceNetworks.names());
    // Networks of cells are drawn as cells, but nothing forbids this.
    names.addAll(List.of("mobilenet-v2@0.35", "darts-v2", "nasnet-a-mobile"));
    return names;
  }

  @ParameterizedTest
  @MethodSource("names")
  void shows_every_stage_with_its_shape_and_share(String name) throws Exception {
    Network network = Blueprint.of(name).assemble();
    Picture picture = Picture.of(NetworkDrawing.svg(network, name));

    Set<String> expected = new LinkedHashSet<>(List.of(name, "Input", words(network.input())));
    for (Node node : network.nodes().subList(1, network.nodes().size())) {
      String stage = node.name().split("/")[0].replace('_', ' ');
      expected.add(stage.substring(0, 1).toUpperCase(Locale.ROOT) + stage.substring(1));
    }
    expected.add(words(network.output().shape()));
    expected.add(
        String.format(Locale.ROOT, "%,d params, %,d MACs", network.params(), network.macs()));
    assertThat(picture.texts()).containsAll(expected);
    assertThat(sum(picture, " params")).isEqualTo(network.params());
    assertThat(sum(picture, " MACs")).isEqualTo(network.macs());
  }

  private static String words(Shape shape) {
    return "%d×%d×%d".formatted(shape.height(), shape.width(), shape.channels());
  }

  private static long sum(Picture picture, String unit) {
    return picture.tooltips().stream()
        .filter(text -> text.endsWith(unit))
        .mapToLong(text -> Long.parseLong(text.replace(unit, "").replace(",", "")))
        .sum();
  }

  @ParameterizedTest
  @MethodSource("names")
  void boxes_lie_on_the_page_and_apart_or_in_each_other(String name) throws Exception {
    requireOrder(Blueprint.of(name).assemble());
  }

  private static void requireOrder(Network network) throws Exception {
    Picture picture = Picture.of(NetworkDrawing.svg(network, "A <network> & more"));
    List<Box> boxes = picture.boxes();
    for (int i = 0; i < boxes.size(); i++) {
      Box box = boxes.get(i);
      assertThat(Picture.contains(picture.page(), box)).as("%s on the page", box).isTrue();
      for (Box other : boxes.subList(0, i)) {
        assertThat(
                !Picture.overlap(box, other)
                    || Picture.contains(box, other)
                    || Picture.contains(other, box))
            .as("%s and %s apart", box, other)
            .isTrue();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {32, 224})
  void equal_networks_give_equal_drawings(int size) {
    Blueprint blueprint = new Blueprint("mobilenet-v2", new Shape(3, size, size), 10);

    assertThat(NetworkDrawing.svg(blueprint.assemble(), "A"))
        .isEqualTo(NetworkDrawing.svg(blueprint.assemble(), "A"));
  }

  @Test
  void equal_units_in_a_row_are_drawn_once() throws Exception {
    List<String> texts = draw("mobilenet-v2").texts();

    // 17 units: 8 unlike their neighbours, 3 pairs and 3 in a row.
    assertThat(texts.stream().filter("inverted residual× 2"::equals)).hasSize(3);
    assertThat(texts.stream().filter("inverted residual× 3"::equals)).hasSize(1);
    assertThat(texts.stream().filter("inverted residual"::equals)).hasSize(8);
    assertThat(texts.stream().filter("+"::equals)).hasSize(5);
  }

  @Test
  void normalisations_and_activations_are_words_at_their_layer() throws Exception {
    List<String> texts = draw("mobilenet-v2").texts();

    assertThat(texts).contains("conv 3×3 s2", "32 · BN · ReLU6", "dw 3×3 s2", "24 · BN");
    assertThat(texts).doesNotContain("BN", "ReLU6", "dropout · dropout");
    assertThat(draw("densenet-121").texts()).contains("BN · ReLU · 128 · BN · ReLU", "layer× 24");
  }

  @Test
  void a_squeeze_and_excite_is_one_box() throws Exception {
    List<String> texts = draw("se-resnet-50").texts();

    assertThat(texts).contains("SE", "via 16").doesNotContain("×", "sigmoid");
    assertThat(texts.stream().filter("global avg"::equals)).hasSize(1);
  }

  @Test
  void a_smaller_image_has_a_narrower_box() throws Exception {
    // From the input upwards: 224, 112, 112, 56, 28, 14, 14, 7, 7 and 1 pixel.
    List<Box> shapes =
        draw("mobilenet-v2").boxes(SHAPE_STROKE).stream()
            .sorted((a, b) -> Double.compare(b.top(), a.top()))
            .toList();

    assertThat(shapes).hasSize(10);
    List<Boolean> narrower = new ArrayList<>();
    for (int i = 1; i < shapes.size(); i++) {
      narrower.add(shapes.get(i).width() < shapes.get(i - 1).width());
    }
    assertThat(narrower).containsExactly(true, false, true, true, true, false, true, false, true);
  }

  @Test
  void a_line_past_other_stages_says_where_it_comes_from() throws Exception {
    assertThat(draw("u-net").texts().stream().filter("Down 1"::equals)).hasSize(2);
  }

  private static Picture draw(String name) throws Exception {
    return Picture.of(NetworkDrawing.svg(Blueprint.of(name).assemble(), name));
  }

  @Test
  void draws_branches_that_the_names_do_not_group() throws Exception {
    Network network = branched();
    requireOrder(network);
    List<String> texts = Picture.of(NetworkDrawing.svg(network, "Branched")).texts();

    assertThat(texts).contains("Stem", "Mixed 1a", "Dense block", "Pool to dense");
    // One of the inception module, one of all equal dense layers and one after the first of them.
    assertThat(texts.stream().filter("concat"::equals)).hasSize(3);
    assertThat(texts.stream().filter("earlier"::equals)).hasSize(2);
    assertThat(texts).contains("layer", "layer× 3", "max 3×3");
  }

  /** A module of four branches, then layers that each read all before, as papers draw it. */
  private static Network branched() {
    NetworkBuilder builder = new NetworkBuilder("branched", new Shape(3, 32, 32));
    LayerChain root = new LayerChain(builder, "", BATCH_NORM, builder.input());
    LayerChain stem = convolution(root.in("stem"), 16, 3, 2);
    LayerChain mixed = root.from(stem.node()).in("mixed_1a");
    LayerChain one = convolution(mixed.in("branch_1"), 8, 1, 1);
    LayerChain two = convolution(convolution(mixed.in("branch_2/reduce"), 4, 1, 1), 8, 3, 1);
    LayerChain three = convolution(convolution(mixed.in("branch_3/reduce"), 4, 1, 1), 8, 5, 1);
    LayerChain pooled =
        mixed
            .in("branch_4")
            .add("pool", new Layer.Pooling(PoolingKind.MAX, Window.square(3, 1, 1)));
    LayerChain module =
        mixed
            .from(one.node())
            .join("concat", new Layer.Concat(), two.node(), three.node(), pooled.node());
    int[] outputs = {module.node()};
    for (int i = 1; i <= 4; i++) {
      LayerChain layer = root.in("dense_block").in("layer_" + i);
      LayerChain added = convolution(concat(layer, outputs), 12, 3, 1);
      outputs = Arrays.copyOf(outputs, outputs.length + 1);
      outputs[outputs.length - 1] = added.node();
    }
    return builder.build(
        root.from(concat(root.in("dense_block"), outputs).node())
            .add("pool", new Layer.GlobalAveragePooling())
            .add("dense", new Layer.Dense(10, true))
            .node());
  }

  private static LayerChain concat(LayerChain scope, int[] nodes) {
    int last = nodes[nodes.length - 1];
    return nodes.length == 1
        ? scope.from(last)
        : scope
            .from(last)
            .join("concat", new Layer.Concat(), Arrays.copyOf(nodes, nodes.length - 1));
  }

  private static LayerChain convolution(LayerChain input, int filters, int kernel, int stride) {
    LayerChain scope = input.scope().endsWith("reduce/") && kernel > 1 ? input.in("wide") : input;
    return scope
        .convolution("convolution", filters, Window.square(kernel, stride, kernel / 2))
        .batchNorm("batch_norm")
        .activation(ActivationFunction.RELU);
  }
}
