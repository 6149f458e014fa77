package org.finchnas.coordinator.cluster.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.finchnas.coordinator.Toy;
import org.finchnas.coordinator.cluster.ClusterSamples;
import org.finchnas.coordinator.run.EvaluationJson;
import org.finchnas.evaluation.Candidate;
import org.finchnas.evaluation.Epoch;
import org.finchnas.evaluation.Evaluation;
import org.finchnas.evaluation.Evaluation.Completed;
import org.finchnas.evaluation.Evaluation.Failed;
import org.finchnas.evaluation.Execution;
import org.finchnas.evaluation.FailureReason;
import org.finchnas.evaluation.Fidelity;
import org.finchnas.evaluation.Start;
import org.finchnas.evaluation.TrainingParams;
import org.finchnas.evaluation.TrainingTask;
import org.finchnas.evaluation.ZeroCostProxy;
import org.finchnas.evaluation.slot.SlotMessage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class WireTest {

  private static final CBORMapper CBOR = new CBORMapper();
  private static final int MAGIC_BYTES = 4;
  private static final Candidate CANDIDATE =
      new Candidate(7, Toy.architecture(2, 8), Toy.FIDELITY, -3, null, null);

  private static Introduction introduction() {
    return new Introduction(
        "größter Rechner 名",
        "host",
        4711,
        "0.1+abc",
        List.of(new Device(true, "A100", 80L << 30), new Device(false, "", 0)));
  }

  private static TrainingTask task(@Nullable String dataDirectory) {
    return new TrainingTask(
        "images:/p",
        dataDirectory,
        "/cache",
        32,
        0.1,
        9,
        TrainingParams.DEFAULT,
        "/weights",
        "/checkpoints",
        0,
        Long.MAX_VALUE);
  }

  private static Completed completed(@Nullable Start start, double trainLoss, double accuracy) {
    Candidate candidate =
        new Candidate(9, Toy.architecture(1, 4), Toy.FIDELITY, 5, start == null ? null : 3, start);
    return new Completed(
        candidate,
        Map.of("validationAccuracy", 0.5),
        List.of(new Epoch(trainLoss, accuracy), new Epoch(1, 0.5)),
        "a".repeat(64),
        100,
        0.25,
        new Execution("host", 1, Instant.EPOCH, Duration.ofMillis(5)));
  }

  private static Request put(byte[] bytes) {
    return new Request.Put("w", "h", 1, 2, bytes);
  }

  static Stream<Request> requests() {
    Evaluation failed =
        new Failed(CANDIDATE, FailureReason.DIVERGED, "loss NaN\n\0\uD83D\uDC26", null);
    return Stream.of(
        new Request.Hello("w-1", introduction()),
        new Request.Ready(
            "w-1", 4, "cpu avx2", new SlotMessage.Ready("d", 3, List.of("cat", "Hündchen"), 10, 2)),
        new Request.Beat("w-1", 0, List.of()),
        new Request.Beat("w-1", 3, List.of(new Held("train-1-a", 2), new Held("score-b", 0))),
        ClusterSamples.report("w-1", ClusterSamples.RUN, "k", ClusterSamples.result(failed)),
        ClusterSamples.report("w-1", ClusterSamples.RUN, "k", ClusterSamples.result("")),
        ClusterSamples.report(
            "w-1",
            ClusterSamples.RUN,
            "k",
            new Result.Scored(Map.of(ZeroCostProxy.SYNFLOW, 1e300), false)),
        ClusterSamples.report("w-1", ClusterSamples.RUN, "k", new Result.Scored(Map.of(), true)),
        new Request.Get("w-1", Request.FileKind.IMAGES, "h", Long.MAX_VALUE),
        new Request.Leave("w-1", "it was told to go", false));
  }

  @Test
  void whatMembersSayOfThemselvesFitsALine() {
    Introduction stranger =
        new Introduction(
            "\u001b[31mred\nred", "h".repeat(1000), 1, " 0.1 ", introduction().devices());
    assertThat(stranger.name()).isEqualTo("[31mred red");
    assertThat(stranger.host()).hasSize(255).endsWith("…");
    assertThat(stranger.build()).isEqualTo("0.1");
    assertThat(new Request.Leave("w", "x\r\n".repeat(1000), false).reason())
        .hasSizeLessThanOrEqualTo(1000)
        .doesNotContain("\n");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 100_000})
  void aWorkerHasSlots(int slots) throws IOException {
    byte[] bytes =
        changed(
            new Request.Ready("w", 1, "cpu", new SlotMessage.Ready("d", 1, List.of("cat"), 1, 1)),
            node -> node.put("slots", slots));
    assertThatThrownBy(() -> Wire.request(bytes)).isInstanceOf(IOException.class);
  }

  static Stream<Reply> replies() {
    Start start = Start.continued(completed(null, 1, 0.5));
    Candidate continued =
        new Candidate(10, Toy.architecture(1, 4), new Fidelity(8, 0, 0), Long.MIN_VALUE, 9, start);
    return Stream.of(
        new Reply.Welcome(
            "run-1",
            task(null),
            List.of(new Reply.Images(32, "a"), new Reply.Images(16, "b")),
            new Reply.SlotSettings(1, 60)),
        new Reply.Welcome("run-1", task("/data"), List.of(), new Reply.SlotSettings(0, 0)),
        new Reply.Refused("Install one version on all machines."),
        new Reply.Unknown(),
        new Reply.Accepted(),
        new Reply.Later(1000),
        new Reply.Orders(
            List.of(
                new Work.Train("train-7-a", EvaluationJson.write(CANDIDATE)),
                new Work.Train("train-10-a", EvaluationJson.write(continued)),
                new Work.Score(
                    "score-b",
                    CANDIDATE.architecture().notation(),
                    Toy.FIDELITY,
                    -1,
                    Set.of(ZeroCostProxy.values()))),
            List.of("train-1-a"),
            2500),
        new Reply.Orders(List.of(), List.of(), 0),
        new Reply.WantsWeights(1L << 40),
        new Reply.Missing());
  }

  @ParameterizedTest
  @MethodSource("requests")
  void requestsComeOutAsTheyWentIn(Request request) throws IOException {
    assertThat(Wire.request(Wire.encode(request)))
        .usingRecursiveComparison()
        .withStrictTypeChecking()
        .isEqualTo(request);
  }

  @ParameterizedTest
  @MethodSource("replies")
  void repliesComeOutAsTheyWentIn(Reply reply) throws IOException {
    assertThat(Wire.reply(Wire.encode(reply))).isEqualTo(reply);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, Wire.PIECE_BYTES})
  void piecesOfFilesComeOutAsTheyWentIn(int length) throws IOException {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    Request.Put put = (Request.Put) Wire.request(Wire.encode(put(bytes)));
    assertThat(put.bytes()).isEqualTo(bytes);
    assertThat(List.of(put.worker(), put.hash(), put.offset(), put.size()))
        .isEqualTo(List.of("w", "h", 1L, 2L));
    Reply.Piece piece = (Reply.Piece) Wire.reply(Wire.encode(new Reply.Piece(5, bytes)));
    assertThat(piece.bytes()).isEqualTo(bytes);
    assertThat(piece.size()).isEqualTo(5);
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 1e-310})
  void evaluationsTravelWithNumbersThatAreNone(double number) throws IOException {
    Start start = new Start(Start.Kind.INHERITED, 3, "b".repeat(64), 0);
    for (Evaluation evaluation :
        List.of(completed(null, number, Double.NaN), completed(start, 2.5, number))) {
      Request.Report report =
          ClusterSamples.report("w", ClusterSamples.RUN, "k", ClusterSamples.result(evaluation));
      Request.Report arrived = (Request.Report) Wire.request(Wire.encode(report));
      String text = ((Result.Evaluated) arrived.result()).evaluation();
      assertThat(EvaluationJson.evaluation(text)).isEqualTo(evaluation);
    }
  }

  @Test
  void versionAndMagicAreChecked() {
    byte[] bytes = Wire.encode(new Request.Leave("w", "bye", false));
    byte[] newer = bytes.clone();
    newer[3]++;
    assertThatThrownBy(() -> Wire.request(newer))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("version " + (Wire.PROTOCOL + 1))
        .hasMessageContaining("speaks " + Wire.PROTOCOL);
    byte[] stranger = bytes.clone();
    stranger[0] = 'G';
    assertThatThrownBy(() -> Wire.request(stranger))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no message");
  }

  @Test
  void whatIsTooLongOrTooShortIsRefused() {
    byte[] bytes =
        Arrays.copyOf(Wire.encode(new Request.Leave("w", "", false)), Wire.MAX_BYTES + 1);
    assertThatThrownBy(() -> Wire.request(bytes)).isInstanceOf(IOException.class);
    for (int length = 0; length <= MAGIC_BYTES; length++) {
      byte[] start = Arrays.copyOf(Wire.encode(new Request.Leave("w", "", false)), length);
      assertThatThrownBy(() -> Wire.request(start)).isInstanceOf(IOException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"java.lang.Object", "welcome", "", "Hello"})
  void kindsThatAreNoneAreRefused(String kind) throws IOException {
    byte[] bytes = changed(new Request.Leave("w", "bye", false), node -> node.put("kind", kind));
    assertThatThrownBy(() -> Wire.request(bytes)).isInstanceOf(IOException.class);
  }

  @Test
  void repliesAreNoRequests() {
    assertThatThrownBy(() -> Wire.request(Wire.encode(new Reply.Unknown())))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> Wire.reply(Wire.encode(new Request.Leave("w", "", false))))
        .isInstanceOf(IOException.class);
  }

  @Test
  void whatFollowsAMessageIsRefused() {
    byte[] bytes = Wire.encode(new Request.Leave("w", "bye", false));
    byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
    assertThatThrownBy(() -> Wire.request(longer)).isInstanceOf(IOException.class);
  }

  @Test
  void nothingMayBeMissingOrNull() throws IOException {
    List<Object> messages = new ArrayList<>(requests().toList());
    messages.add(put(new byte[1]));
    messages.addAll(replies().toList());
    messages.add(new Reply.Piece(1, new byte[1]));
    for (Object message : messages) {
      JsonNode body = body(message);
      for (List<String> path : paths(body)) {
        if (!path.equals(List.of("task", "dataDirectory"))) {
          requireRefused(message, path, ObjectNode::putNull);
          requireRefused(message, path, ObjectNode::remove);
        }
      }
    }
  }

  private interface Damage {
    void to(ObjectNode parent, String field);
  }

  private static void requireRefused(Object message, List<String> path, Damage damage)
      throws IOException {
    byte[] bytes =
        changed(
            message,
            body -> {
              JsonNode parent = body;
              for (String step : path.subList(0, path.size() - 1)) {
                parent = parent.isArray() ? parent.get(Integer.parseInt(step)) : parent.get(step);
              }
              damage.to((ObjectNode) parent, path.get(path.size() - 1));
            });
    assertThatThrownBy(() -> read(message, bytes))
        .as("%s without %s", message, path)
        .isInstanceOf(IOException.class);
  }

  /** Where all fields are, in objects in objects. */
  private static List<List<String>> paths(JsonNode node) {
    List<List<String>> paths = new ArrayList<>();
    List<String> names = new ArrayList<>();
    if (node instanceof ArrayNode array) {
      IntStream.range(0, array.size()).forEach(i -> names.add(String.valueOf(i)));
    } else {
      node.fieldNames().forEachRemaining(names::add);
    }
    for (String name : names) {
      if (node.isObject()) {
        paths.add(List.of(name));
      }
      JsonNode child = node.isArray() ? node.get(Integer.parseInt(name)) : node.get(name);
      if (child.isContainerNode() && !name.equals("values")) {
        for (List<String> path : paths(child)) {
          paths.add(Stream.concat(Stream.of(name), path.stream()).toList());
        }
      }
    }
    return paths;
  }

  private static Object read(Object message, byte[] bytes) throws IOException {
    return message instanceof Request ? Wire.request(bytes) : Wire.reply(bytes);
  }

  private static byte[] encode(Object message) {
    return message instanceof Request request ? Wire.encode(request) : Wire.encode((Reply) message);
  }

  private static ObjectNode body(Object message) throws IOException {
    byte[] bytes = encode(message);
    return (ObjectNode) CBOR.readTree(Arrays.copyOfRange(bytes, MAGIC_BYTES, bytes.length));
  }

  private static byte[] changed(Object message, Consumer<ObjectNode> change) throws IOException {
    ObjectNode body = body(message);
    change.accept(body);
    byte[] changed = CBOR.writeValueAsBytes(body);
    byte[] bytes = Arrays.copyOf(encode(message), MAGIC_BYTES + changed.length);
    System.arraycopy(changed, 0, bytes, MAGIC_BYTES, changed.length);
    return bytes;
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4})
  void damagedMessagesAreMessagesOrRefused(long seed) {
    Random random = new Random(seed);
    List<Object> messages = new ArrayList<>(requests().toList());
    messages.add(put(new byte[] {1, 2, 3}));
    messages.addAll(replies().toList());
    messages.add(new Reply.Piece(3, new byte[] {1, 2, 3}));
    for (int i = 0; i < 5000; i++) {
      Object message = messages.get(random.nextInt(messages.size()));
      byte[] bytes = damaged(encode(message), random);
      assertThatCode(
              () -> {
                try {
                  assertThat(read(message, bytes)).isNotNull();
                } catch (IOException e) {
                  assertThat(e).hasMessageNotContaining("StackOverflow");
                }
              })
          .as("seed %d, try %d: %s", seed, i, message)
          .doesNotThrowAnyException();
    }
  }

  /** Cut off, or with some bytes after the magic ones changed, doubled or taken out. */
  private static byte[] damaged(byte[] bytes, Random random) {
    byte[] damaged = bytes.clone();
    int changes = 1 + random.nextInt(3);
    for (int i = 0; i < changes && damaged.length > MAGIC_BYTES + 1; i++) {
      int at = MAGIC_BYTES + random.nextInt(damaged.length - MAGIC_BYTES);
      switch (random.nextInt(4)) {
        case 0 -> damaged = Arrays.copyOf(damaged, at);
        case 1 -> damaged[at] = (byte) random.nextInt(256);
        case 2 -> damaged[at] ^= (byte) (1 << random.nextInt(8));
        default -> {
          int length = random.nextInt(Math.min(16, damaged.length - at) + 1);
          System.arraycopy(damaged, at, damaged, damaged.length - length, length);
        }
      }
    }
    return damaged;
  }
}
