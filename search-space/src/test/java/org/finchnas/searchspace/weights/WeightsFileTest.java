package org.finchnas.searchspace.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
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
import org.junit.jupiter.params.provider.ValueSource;

class WeightsFileTest {

  private static final String DESIGN =
      "n=1,f=4,stem=cifar,image=8:normal=sep_conv_3x3@0+skip_connect@1"
          + ":reduction=max_pool_3x3@0+conv_1x1@1";

  @TempDir Path directory;

  private static WeightsFile example(String design, List<String> labels) {
    Blueprint blueprint = new Blueprint(design, new Shape(3, 8, 8), labels.size());
    Network network = blueprint.assemble();
    Random random = new Random(7);
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
    Normalization normalization =
        new Normalization(List.of(125.3f, 1e-8f, 0f), List.of(62.99f, 0.1f, 3e7f));
    return new WeightsFile(blueprint, new TrainedNetwork(network, weights, normalization, labels));
  }

  private static WeightsFile example() {
    return example(DESIGN, List.of("cat", "\"dog\"", "Käuzchen, \n🦉"));
  }

  private static float[] values(WeightsFile file, String name) {
    return Objects.requireNonNull(file.trained().weights().get(name)).values();
  }

  @ParameterizedTest
  @ValueSource(strings = {DESIGN, "mobilenet-v2@0.1"})
  void reads_back_what_it_wrote(String design) throws IOException {
    WeightsFile written = example(design, List.of("cat", "\"dog\"", "Käuzchen, \n🦉"));
    Path file = directory.resolve("a.safetensors");
    written.write(file);
    WeightsFile read = WeightsFile.read(file);

    assertThat(read.blueprint()).isEqualTo(written.blueprint());
    assertThat(read.trained().network()).isEqualTo(written.trained().network());
    assertThat(read.trained().normalization()).isEqualTo(written.trained().normalization());
    assertThat(read.trained().labels()).isEqualTo(written.trained().labels());
    written
        .trained()
        .weights()
        .forEach(
            (name, tensor) -> assertThat(values(read, name)).as(name).isEqualTo(tensor.values()));
  }

  @Test
  void equal_models_make_equal_bytes_under_their_hash() throws IOException {
    Path file = directory.resolve("a.safetensors");
    String hash = example().write(file);

    assertThat(example().writeInto(directory.resolve("weights"))).isEqualTo(hash).hasSize(64);
    assertThat(directory.resolve("weights").resolve(hash + WeightsFile.SUFFIX))
        .hasSameBinaryContentAs(file);
    assertThat(directory.resolve("weights")).isDirectoryNotContaining("glob:**.part");
  }

  @Test
  void a_file_whose_bytes_are_not_those_it_is_named_after_is_refused() throws IOException {
    String hash = example().writeInto(directory);
    Path file = directory.resolve(hash + WeightsFile.SUFFIX);
    assertThat(WeightsFile.read(file).blueprint()).isEqualTo(example().blueprint());
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 1] ^= 1;
    Files.write(file, bytes);

    assertThatThrownBy(() -> WeightsFile.read(file))
        .isInstanceOf(UnreadableWeightsException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("damaged");
    Path renamed = Files.move(file, directory.resolve("mine" + WeightsFile.SUFFIX));
    assertThat(WeightsFile.read(renamed)).as("another name promises nothing").isNotNull();
  }

  /** The layout as the format's documentation gives it, read here byte by byte. */
  @Test
  void has_the_layout_of_safetensors() throws IOException {
    Path file = directory.resolve("a.safetensors");
    WeightsFile written = example();
    written.write(file);
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    int length = (int) bytes.getLong(0);
    String header = new String(bytes.array(), 8, length, StandardCharsets.UTF_8);

    assertThat(length % 8).isZero();
    assertThat(header)
        .startsWith("{\"__metadata__\":{\"finch.classes\":\"3\"")
        .contains("\"head/dense/bias\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,12]}");
    float[] bias = values(written, "head/dense/bias");
    assertThat(bytes.getFloat(8 + length)).isEqualTo(bias[0]);
    assertThat(bytes.getFloat(8 + length + 8)).isEqualTo(bias[2]);
  }

  @Test
  void a_file_cut_at_any_place_is_refused() throws IOException {
    Path file = directory.resolve("a.safetensors");
    example().write(file);
    byte[] whole = Files.readAllBytes(file);
    Random random = new Random(1);
    for (int i = 0; i < 40; i++) {
      int length = i < 20 ? i : random.nextInt(whole.length);
      Files.write(file, Arrays.copyOf(whole, length));
      assertThatIOException()
          .isThrownBy(() -> WeightsFile.read(file))
          .withMessageContaining("a.safetensors is no model: ");
    }
    Files.write(file, Arrays.copyOf(whole, whole.length + 1));
    assertThatIOException()
        .isThrownBy(() -> WeightsFile.read(file))
        .withMessageContaining("truncated or damaged");
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, Long.MAX_VALUE, Long.MIN_VALUE, 0, 1, 100_000_001, 5_000_000})
  void an_absurd_header_length_is_refused(long length) throws IOException {
    Path file = directory.resolve("a.safetensors");
    example().write(file);
    byte[] bytes = Files.readAllBytes(file);
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(0, length);
    Files.write(file, bytes);

    assertThatIOException()
        .isThrownBy(() -> WeightsFile.read(file))
        .withMessageContaining("its header should take");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "\"F32\"|\"F64\"|only F32 is read",
        "\"F32\"|32|only F32 is read",
        "\"dtype\"|\"type\"|only F32 is read",
        "[0,12]|[0,16]|needs 12 bytes",
        "[0,12]|[4,16]|starts at byte 4",
        "[0,12]|[-4,8]|not [start, end]",
        "[0,12]|[0,12,24]|not [start, end]",
        "[0,12]|[0,1.2]|no whole number",
        "[0,12]|[0,1e999999999]|no whole number",
        "[0,12]|[0,9223372036854775808]|no whole number",
        "[0,12]|12|has no list data_offsets",
        "\"shape\":[3]|\"shape\":[4]|needs 16 bytes",
        "\"shape\":[3]|\"shape\":[1,3]|head/dense/bias should have shape [3]",
        "\"shape\":[3]|\"shape\":[2147483647,2147483647,2147483647]|no array of shape",
        "\"shape\":[3]|\"shape\":[-3]|no array has a dimension",
        "\"shape\":[3]|\"shape\":{}|has no list shape",
        "head/dense/bias|head/dense/bios|head/dense/bias should have shape [3], but is missing",
        "finch.design|finch.desing|lack finch.design",
        "\"finch.format\":\"1\"|\"finch.format\":\"2\"|reads 1",
        "\"finch.format\":\"1\"|\"finch.format\":1|no string",
        "\"finch.classes\":\"3\"|\"finch.classes\":\"4\"|head/dense",
        "\"finch.classes\":\"3\"|\"finch.classes\":\"three\"|expected",
        "\"finch.image\":\"[3, 8, 8]\"|\"finch.image\":\"[8, 8]\"|channels, height, width",
        "__metadata__|__metadaten__|lack finch.format",
        "{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,12]}|[]|is no JSON object",
        "n=1,f=4|n=0,f=4|must be at least 1",
      })
  void a_damaged_header_is_refused(String text, String damage, String reason) throws IOException {
    Path file = directory.resolve("a.safetensors");
    example().write(file);
    byte[] bytes = Files.readAllBytes(file);
    int length = (int) ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong(0);
    String header = new String(bytes, 8, length, StandardCharsets.US_ASCII);
    assertThat(header).contains(text);
    byte[] damaged = replaceFirst(header, text, damage).getBytes(StandardCharsets.US_ASCII);
    ByteBuffer out =
        ByteBuffer.allocate(bytes.length - length + damaged.length).order(ByteOrder.LITTLE_ENDIAN);
    out.putLong(damaged.length).put(damaged).put(bytes, 8 + length, bytes.length - 8 - length);
    Files.write(file, out.array());

    assertThatIOException()
        .isThrownBy(() -> WeightsFile.read(file))
        .withMessageContaining("a.safetensors is no model: ")
        .withMessageContaining(reason);
  }

  private static String replaceFirst(String header, String text, String damage) {
    int at = header.indexOf(text);
    return header.substring(0, at) + damage + header.substring(at + text.length());
  }

  @Test
  void random_bytes_in_the_header_never_do_worse_than_an_io_exception() throws IOException {
    Path file = directory.resolve("a.safetensors");
    example().write(file);
    byte[] whole = Files.readAllBytes(file);
    Random random = new Random(2);
    for (int i = 0; i < 80; i++) {
      byte[] bytes = whole.clone();
      bytes[8 + random.nextInt(2000)] = (byte) random.nextInt(256);
      Files.write(file, bytes);
      try {
        WeightsFile.read(file);
      } catch (IOException expected) {
        assertThat(expected).hasMessageContaining("a.safetensors");
      }
    }
  }

  @Test
  void the_blueprint_must_be_that_of_the_network() {
    WeightsFile file = example();
    Blueprint other = new Blueprint(DESIGN.replace("f=4", "f=6"), new Shape(3, 8, 8), 3);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new WeightsFile(other, file.trained()))
        .withMessageContaining("does not assemble");
  }
}
