package org.finchnas.searchspace.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.finchnas.searchspace.Blueprint;
import org.finchnas.searchspace.network.Head;
import org.finchnas.searchspace.network.Network;
import org.finchnas.searchspace.network.Node;
import org.finchnas.searchspace.network.Normalization;
import org.finchnas.searchspace.network.Shape;
import org.finchnas.searchspace.network.Tensor;
import org.finchnas.searchspace.network.TrainedNetwork;
import org.finchnas.searchspace.network.Weight;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeltaFileTest {

  private static final String DESIGN =
      "n=1,f=4,stem=cifar,image=8:normal=sep_conv_3x3@0+skip_connect@1"
          + ":reduction=max_pool_3x3@0+conv_1x1@1";
  private static final List<String> OTHERS = List.of("finch", "\"wren\"", "Käuzchen, 🦉");

  @TempDir Path directory;

  private static WeightsFile model(String design, int size, long seed, List<String> labels) {
    Blueprint blueprint = new Blueprint(design, new Shape(3, size, size), labels.size());
    Network network = blueprint.assemble();
    Random random = new Random(seed);
    Map<String, Tensor> weights = new HashMap<>();
    for (Node node : network.nodes()) {
      for (Weight weight : network.weights(node)) {
        float[] values = new float[(int) weight.elements()];
        for (int i = 0; i < values.length; i++) {
          values[i] = (float) random.nextGaussian();
        }
        weights.put(node.name() + "/" + weight.name(), new Tensor(weight.shape(), values));
      }
    }
    Normalization normalization = new Normalization(List.of(1f, 2f, 3f), List.of(4f, 5f, 6f));
    return new WeightsFile(blueprint, new TrainedNetwork(network, weights, normalization, labels));
  }

  private static WeightsFile base() {
    return model(DESIGN, 8, 7, List.of("cat", "dog"));
  }

  /** The base's body with another head. */
  private static WeightsFile transferred() {
    WeightsFile other = model(DESIGN, 8, 8, OTHERS);
    Head head = Head.of(other.trained().network());
    Map<String, Tensor> weights = new HashMap<>(base().trained().weights());
    head.weightNames().forEach(name -> weights.put(name, other.trained().weights().get(name)));
    TrainedNetwork network =
        new TrainedNetwork(head.network(), weights, base().trained().normalization(), OTHERS);
    return new WeightsFile(other.blueprint(), network);
  }

  private Path written() throws IOException {
    Path file = directory.resolve("birds" + DeltaFile.SUFFIX);
    DeltaFile.between(base(), transferred()).write(file);
    return file;
  }

  @Test
  void base_and_delta_make_the_model_to_the_byte() throws IOException {
    Path whole = directory.resolve("whole.safetensors");
    transferred().write(whole);
    DeltaFile delta = DeltaFile.read(written());

    Path made = directory.resolve("made.safetensors");
    delta.appliedTo(base()).write(made);

    assertThat(made).hasSameBinaryContentAs(whole);
    assertThat(delta.changed().keySet())
        .containsExactlyInAnyOrder("head/dense/weights", "head/dense/bias");
    assertThat(delta.labels()).isEqualTo(OTHERS);
    assertThat(Files.size(written())).isLessThan(Files.size(whole) / 2);
    assertThat(base().sha256()).isEqualTo(base().write(directory.resolve("base.safetensors")));
  }

  @Test
  void one_bit_makes_a_difference() {
    WeightsFile base = base();
    Map<String, Tensor> weights = new HashMap<>(base.trained().weights());
    Tensor bias = Objects.requireNonNull(weights.get("head/dense/bias"));
    weights.put("head/dense/bias", new Tensor(bias.shape(), new float[] {0f, 1f}));
    WeightsFile zero = with(base, weights);
    weights.put("head/dense/bias", new Tensor(bias.shape(), new float[] {-0f, 1f}));
    WeightsFile minusZero = with(base, weights);

    assertThat(DeltaFile.between(zero, minusZero).changed()).containsOnlyKeys("head/dense/bias");
    assertThat(DeltaFile.between(zero, zero).changed()).isEmpty();
  }

  private static WeightsFile with(WeightsFile file, Map<String, Tensor> weights) {
    TrainedNetwork trained = file.trained();
    return new WeightsFile(
        file.blueprint(),
        new TrainedNetwork(trained.network(), weights, trained.normalization(), trained.labels()));
  }

  @Test
  void another_base_is_refused() throws IOException {
    DeltaFile delta = DeltaFile.read(written());

    assertThatIllegalArgumentException()
        .isThrownBy(() -> delta.appliedTo(model(DESIGN, 8, 9, List.of("cat", "dog"))))
        .withMessageContaining("another base")
        .withMessageContaining(base().sha256());
    assertThatIllegalArgumentException().isThrownBy(() -> delta.appliedTo(transferred()));
  }

  @Test
  void other_architectures_and_image_sizes_have_no_delta() {
    WeightsFile wider = model(DESIGN.replace("f=4", "f=6"), 8, 7, OTHERS);
    WeightsFile larger = model(DESIGN, 16, 7, OTHERS);

    for (WeightsFile other : List.of(wider, larger)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> DeltaFile.between(base(), other))
          .withMessageContaining("only the same architecture")
          .withMessageContaining("Export the whole model instead");
    }
  }

  @Test
  void a_file_cut_at_any_place_is_refused() throws IOException {
    Path file = written();
    byte[] whole = Files.readAllBytes(file);
    Random random = new Random(1);
    for (int i = 0; i < 60; i++) {
      Files.write(file, Arrays.copyOf(whole, i < 20 ? i : random.nextInt(whole.length)));
      assertThatIOException()
          .isThrownBy(() -> DeltaFile.read(file))
          .withMessageContaining("birds.delta.safetensors is no delta: ");
    }
  }

  /** Whatever byte was altered, the file is refused or what it makes is. */
  @Test
  void an_altered_byte_never_makes_another_model() throws IOException {
    Path file = written();
    byte[] whole = Files.readAllBytes(file);
    Random random = new Random(2);
    int refused = 0;
    for (int i = 0; i < 300; i++) {
      byte[] bytes = whole.clone();
      int at = i < 100 ? random.nextInt(bytes.length) : bytes.length - 1 - random.nextInt(400);
      bytes[at] ^= (byte) (1 << random.nextInt(8));
      Files.write(file, bytes);
      try {
        WeightsFile made = DeltaFile.read(file).appliedTo(base());
        assertThat(made.sha256()).as("byte %d", at).isEqualTo(transferred().sha256());
      } catch (IOException | IllegalArgumentException expected) {
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(290);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "\"finch.delta\":\"1\"|\"finch.delta\":\"2\"|reads 1",
        "finch.base|finch.bass|lack finch.base",
        "\"finch.base\":\"|\"finch.base\":\"x|SHA-256",
        "__metadata__|__metadatb__|lack finch.delta",
      })
  void a_damaged_header_is_refused(String text, String damage, String reason) throws IOException {
    Path file = written();
    String content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    String damaged = content.replace(text, damage);
    int longer = damaged.length() - content.length();
    byte[] bytes = damaged.getBytes(StandardCharsets.ISO_8859_1);
    bytes[0] += (byte) longer;
    Files.write(file, bytes);

    assertThatIOException()
        .isThrownBy(() -> DeltaFile.read(file))
        .withMessageContaining("is no delta: ")
        .withMessageContaining(reason);
  }

  @Test
  void models_and_deltas_are_not_taken_for_each_other() throws IOException {
    Path delta = written();
    Path model = directory.resolve("model.safetensors");
    base().write(model);

    assertThatThrownBy(() -> WeightsFile.read(delta))
        .isInstanceOf(UnreadableWeightsException.class)
        .hasMessageContaining("it is a delta")
        .hasMessageContaining("--base");
    assertThatThrownBy(() -> DeltaFile.read(model))
        .isInstanceOf(UnreadableWeightsException.class)
        .hasMessageContaining("it is a whole model");
  }
}
