package org.finchnas.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import javax.imageio.ImageIO;
import org.finchnas.searchspace.Blueprint;
import org.finchnas.searchspace.network.Network;
import org.finchnas.searchspace.network.Normalization;
import org.finchnas.searchspace.network.Shape;
import org.finchnas.searchspace.network.Tensor;
import org.finchnas.searchspace.network.TrainedNetwork;
import org.finchnas.searchspace.weights.WeightsFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** A model that is taught other pictures, and the delta between both, with real trainings. */
@Timeout(600)
final class TransferIT {

  private static final String DESIGN =
      "n=1,f=8,stem=cifar,image=12:normal=conv_3x3@0+skip_connect@1"
          + ":reduction=avg_pool_3x3@0+conv_3x3@1";
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private static Path folder;
  private static Path base;
  private static Path taught;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeAll
  static void trainAndTeach() throws Exception {
    draw("plain", List.of("disc", "square", "bar"), 30);
    draw("others", List.of("dot", "slab"), 30);
    base = folder.resolve("base");
    run(
        "train",
        DESIGN,
        "--data=" + data("plain"),
        "--image=12",
        "--batch=16",
        "--epochs=12",
        "--out=" + base);
    taught = folder.resolve("taught");
    run(
        "train",
        "--from=" + base,
        "--data=" + data("others"),
        "--batch=16",
        "--epochs=20",
        "--out=" + taught);
    assertThat(finch(new StringWriter(), new StringWriter(), deltaWords())).isZero();
  }

  private static String[] deltaWords() {
    String[] words = {
      "export", taught.toString(), "--delta", base.toString(), "--out", folder.toString()
    };
    return words;
  }

  private static Path delta() {
    return folder.resolve("taught.delta.safetensors");
  }

  private static String data(String name) {
    return "images:" + folder.resolve(name);
  }

  private static void draw(String set, List<String> classes, int count) throws IOException {
    SplittableRandom random = new SplittableRandom(set.hashCode());
    for (String name : classes) {
      Path place = Files.createDirectories(folder.resolve(set).resolve(name));
      for (int i = 0; i < count; i++) {
        BufferedImage image = new BufferedImage(24, 24, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = image.createGraphics();
        pen.setColor(new Color(random.nextInt(80), random.nextInt(80), random.nextInt(80)));
        pen.fillRect(0, 0, 24, 24);
        pen.setColor(new Color(random.nextInt(130, 256), random.nextInt(130, 256), 180));
        draw(pen, name, random.nextInt(2, 8), random.nextInt(2, 8));
        pen.dispose();
        ImageIO.write(image, "png", place.resolve(i + ".png").toFile());
      }
    }
  }

  private static void draw(Graphics2D pen, String name, int x, int y) {
    switch (name) {
      case "disc" -> pen.fillOval(x, y, 13, 13);
      case "square" -> pen.fillRect(x, y, 12, 12);
      case "bar" -> pen.fillRect(x, y, 3, 14);
      case "dot" -> pen.fillOval(x, y, 5, 5);
      default -> pen.fillRect(x, y, 15, 14);
    }
  }

  private static void run(String... words) throws Exception {
    try (FinchProcess process = FinchProcess.start(folder, List.of(), words)) {
      assertThat(process.end()).as(process.errors()).isZero();
    }
  }

  private int finch(String... arguments) {
    return finch(out, err, arguments);
  }

  private static int finch(StringWriter out, StringWriter err, String... arguments) {
    CommandLine command = Finch.commandLine();
    command.setOut(new PrintWriter(out, true));
    command.setErr(new PrintWriter(err, true));
    return command.execute(arguments);
  }

  /**
   * The arrays of a safetensors file as its documentation lays them out, read here byte by byte.
   */
  private static Map<String, String> arrays(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    int length = (int) ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong(0);
    JsonNode header = JSON.readTree(new String(bytes, 8, length, StandardCharsets.UTF_8));
    Map<String, String> arrays = new TreeMap<>();
    header
        .properties()
        .forEach(
            each -> {
              JsonNode offsets = each.getValue().path("data_offsets");
              if (!offsets.isMissingNode()) {
                int from = 8 + length + offsets.get(0).asInt();
                int to = 8 + length + offsets.get(1).asInt();
                arrays.put(each.getKey(), Arrays.toString(Arrays.copyOfRange(bytes, from, to)));
              }
            });
    return arrays;
  }

  @Test
  void onlyTheHeadDiffersFromTheBaseInItsBytes() throws IOException {
    Map<String, String> before = arrays(base.resolve("model.safetensors"));
    Map<String, String> after = arrays(taught.resolve("model.safetensors"));

    assertThat(after.keySet()).isEqualTo(before.keySet()).hasSizeGreaterThan(20);
    List<String> changed =
        after.keySet().stream()
            .filter(name -> !Objects.equals(after.get(name), before.get(name)))
            .toList();
    assertThat(changed).containsExactly("head/dense/bias", "head/dense/weights");
    assertThat(arrays(delta())).containsOnlyKeys(changed);
    assertThat(arrays(delta())).containsAllEntriesOf(only(after, changed));
  }

  private static Map<String, String> only(Map<String, String> arrays, List<String> names) {
    Map<String, String> some = new TreeMap<>(arrays);
    some.keySet().retainAll(names);
    return some;
  }

  @Test
  void theRecordSaysWhatItCameFrom() throws IOException {
    JsonNode record = JSON.readTree(taught.resolve("model.json").toFile());
    JsonNode own = JSON.readTree(base.resolve("model.json").toFile());

    assertThat(record.at("/from/weights")).isEqualTo(own.get("weights"));
    assertThat(record.at("/from/record")).isEqualTo(own);
    assertThat(record.get("dataSet").asText()).isEqualTo(data("others"));
    assertThat(record.get("testAccuracy").asDouble()).isGreaterThan(0.7);
    assertThat(taught.resolve("model.onnx")).exists();
    assertThat(taught.resolve("checkpoints")).isEmptyDirectory();
  }

  @Test
  void verifyShowsThatBaseAndDeltaAreTheModel() throws IOException {
    String against = taught.resolve("model.safetensors").toString();

    assertThat(verify(delta(), base, "--against", against)).as(err.toString()).isZero();
    JsonNode answer = JSON.readTree(out.toString()).at("/files/0");
    assertThat(answer.get("verified").asBoolean()).isTrue();
    assertThat(answer.get("imagesEqual").asInt()).isEqualTo(200);
    assertThat(answer.get("result")).isEqualTo(answer.get("model"));
    assertThat(Files.size(delta())).isLessThan(Files.size(taught.resolve("model.safetensors")) / 3);
  }

  private int verify(Path file, Path of, String... more) {
    List<String> words =
        new ArrayList<>(
            List.of("verify", "--json", file.toString(), "--base", of.toString(), "--data"));
    words.add(data("others"));
    words.addAll(List.of(more));
    return finch(words.toArray(String[]::new));
  }

  @Test
  void aModelThatBaseAndDeltaAreNotFails() throws IOException {
    assertThat(verify(delta(), base, "--against", base.toString())).isEqualTo(Finch.FAILED);
    assertThat(JSON.readTree(out.toString()).at("/files/0/verified").asBoolean()).isFalse();
  }

  @Test
  void whatIsNoDeltaOfTheBaseIsBadInput() throws IOException {
    byte[] whole = Files.readAllBytes(delta());
    byte[] altered = whole.clone();
    altered[whole.length - 5] ^= 4;
    Path cut = write("cut.delta.safetensors", Arrays.copyOf(whole, whole.length - 9));
    Path changed = write("changed.delta.safetensors", altered);
    Path foreign =
        write(
            "foreign.delta.safetensors", "PK\3\4 no delta at all".getBytes(StandardCharsets.UTF_8));
    Path model = folder.resolve("model.delta.safetensors");
    Files.copy(base.resolve("model.safetensors"), model);

    refused(verify(cut, base, against()), "cut.delta.safetensors is no delta", "truncated");
    refused(verify(changed, base, against()), "altered or is damaged");
    refused(verify(foreign, base, against()), "foreign.delta.safetensors is no delta");
    refused(verify(model, base, against()), "it is a whole model");
    refused(verify(delta(), taught, against()), "made from another base");
    refused(verify(folder.resolve("no.delta.safetensors"), base, against()), "there is no file");
    refused(
        finch("verify", delta().toString(), "--against", taught.toString()),
        "is a delta, which is nothing without its base");
    refused(
        finch("export", delta().toString(), "--out", folder.toString()), "it is a delta", "--base");
  }

  private static String[] against() {
    String[] words = {"--against", taught.toString()};
    return words;
  }

  private static Path write(String name, byte[] bytes) throws IOException {
    return Files.write(folder.resolve(name), bytes);
  }

  private void refused(int code, String... words) {
    assertThat(code).as(err.toString()).isEqualTo(Finch.BAD_INPUT);
    assertThat(err.toString()).contains(words).doesNotContain("\tat ").doesNotContain("Exception");
    err.getBuffer().setLength(0);
    out.getBuffer().setLength(0);
  }

  @Test
  void aDeltaBecomesAModelAgain() {
    Path again = folder.resolve("again");

    assertThat(
            finch(
                "export",
                delta().toString(),
                "--base",
                base.toString(),
                "--data",
                data("others"),
                "--format",
                "tflite",
                "--out",
                again.toString()))
        .as(err.toString())
        .isZero();
    assertThat(again.resolve("taught.safetensors"))
        .hasSameBinaryContentAs(taught.resolve("model.safetensors"));
    assertThat(again.resolve("taught.tflite")).exists();
  }

  @Test
  void aKilledTransferGoesOnToTheSameModel() throws Exception {
    Path killed = folder.resolve("killed");
    String[] words = transferWords(killed);
    try (FinchProcess train = FinchProcess.start(folder, List.of(), words)) {
      assertThat(train.says("epoch 34/")).as(train.errors()).isTrue();
      train.kill();
    }
    assertThat(killed.resolve("model.safetensors")).doesNotExist();
    try (FinchProcess train = FinchProcess.start(folder, List.of(), words)) {
      assertThat(train.says("Going on from a checkpoint after epoch 30 of 60")).isTrue();
      assertThat(train.says("Going on from a checkpoint after epoch 3")).isTrue();
      assertThat(train.end()).as(train.errors()).isZero();
    }
    Path undisturbed = folder.resolve("undisturbed");
    try (FinchProcess train = FinchProcess.start(folder, List.of(), transferWords(undisturbed))) {
      assertThat(train.end()).as(train.errors()).isZero();
    }

    assertThat(killed.resolve("model.safetensors"))
        .hasSameBinaryContentAs(undisturbed.resolve("model.safetensors"));
    assertThat(killed.resolve("checkpoints")).isEmptyDirectory();
  }

  private static String[] transferWords(Path out) {
    String[] words = {
      "train",
      "--from=" + base,
      "--data=" + data("others"),
      "--epochs=30",
      "--tune=30",
      "--out=" + out
    };
    return words;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "train | Which network?",
        "train --tune 3 lenet | --tune is for a model that --from names",
        "train lenet --from BASE --data images:OTHERS | lenet is one too many",
        "train --from BASE | --from needs pictures of the new classes",
        "train --from BASE --data images:OTHERS --image 32 | --image is for networks",
        "train --from BASE --data images:OTHERS --tune -1 | --tune (-1) must be 0 or more",
        "train --from lenet --data images:OTHERS | lenet is not trained",
        "train --from BASE --data images:ONE | only the class dot",
        "train --from BASE --data images:OTHERS --out BASE --force | which must stay",
        "export BASE --delta BASE --format onnx | --delta writes one file",
        "export TAUGHT --delta lenet | lenet is not trained",
        "verify BASE/model.onnx --against BASE --base BASE | --base is for deltas",
      })
  void contradictionsAreNamed(String command, String message) throws IOException {
    draw("one", List.of("dot"), 3);
    String placed =
        command
            .replace("BASE", base.toString())
            .replace("TAUGHT", taught.toString())
            .replace("OTHERS", folder.resolve("others").toString())
            .replace("ONE", folder.resolve("one").toString());

    refused(finch(placed.strip().split(" ")), message);
  }

  @Test
  void otherArchitecturesHaveNoDelta() throws Exception {
    Path wider = folder.resolve("wider");
    run(
        "train",
        DESIGN.replace("f=8", "f=9"),
        "--data=" + data("plain"),
        "--image=12",
        "--epochs=1",
        "--out=" + wider);

    refused(
        finch("export", wider.toString(), "--delta", base.toString(), "--out", folder.toString()),
        "only the same architecture",
        "with another head");
    assertThat(folder.resolve("wider.delta.safetensors")).doesNotExist();
  }

  @Test
  void aModelOfGrayPicturesCannotLearnColouredOnes() throws Exception {
    Path gray = grayModel();

    refused(
        finch(
            "train",
            "--from",
            gray.toString(),
            "--data",
            data("others"),
            "--out",
            folder.resolve("no").toString()),
        "reads pictures of 1 channel, but those of " + data("others") + " have 3");
  }

  /** Untrained, as nobody looks that far. */
  private static Path grayModel() throws IOException {
    Blueprint blueprint = new Blueprint(DESIGN, new Shape(1, 12, 12), 2);
    Map<String, Tensor> weights = new TreeMap<>();
    Network network = blueprint.assemble();
    for (var node : network.nodes()) {
      for (var weight : network.weights(node)) {
        weights.put(
            node.name() + "/" + weight.name(),
            new Tensor(weight.shape(), new float[(int) weight.elements()]));
      }
    }
    Path file = folder.resolve("gray.safetensors");
    String unused =
        new WeightsFile(
                blueprint,
                new TrainedNetwork(
                    network,
                    weights,
                    new Normalization(List.of(0f), List.of(1f)),
                    List.of("a", "b")))
            .write(file);
    return file;
  }
}
