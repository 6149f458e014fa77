package org.finchnas.worker.slot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.finchnas.evaluation.FailureReason;
import org.finchnas.evaluation.Fidelity;
import org.finchnas.evaluation.Start;
import org.finchnas.evaluation.TrainingParams;
import org.finchnas.evaluation.TrainingTask;
import org.finchnas.evaluation.ZeroCostProxy;
import org.finchnas.evaluation.slot.SlotChannel;
import org.finchnas.evaluation.slot.SlotCommand;
import org.finchnas.evaluation.slot.SlotMessage;
import org.finchnas.evaluation.slot.SlotMessage.Hello;
import org.finchnas.evaluation.slot.SlotMessage.Prepare;
import org.finchnas.evaluation.slot.SlotMessage.Progress;
import org.finchnas.evaluation.slot.SlotMessage.Ready;
import org.finchnas.evaluation.slot.SlotMessage.Refused;
import org.finchnas.evaluation.slot.SlotMessage.Score;
import org.finchnas.evaluation.slot.SlotMessage.Scored;
import org.finchnas.evaluation.slot.SlotMessage.Stop;
import org.finchnas.evaluation.slot.SlotMessage.Train;
import org.finchnas.evaluation.slot.SlotMessage.Trained;
import org.finchnas.evaluation.slot.SlotMessage.Unable;
import org.finchnas.searchspace.weights.WeightsFile;
import org.finchnas.worker.training.NumericClass;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real processes, real pipes. */
@Timeout(300)
class SlotMainIT {

  private static final Fidelity SHORT = new Fidelity(2, 320, 0);
  private static final String DESIGN = "mobilenet-v2@0.1";
  private static final TrainingParams LARGE_BATCHES =
      new TrainingParams(2048, 0.05, 0.9, 0, 1, 5, true, 4);

  @TempDir static Path shared;
  @TempDir Path directory;
  private final List<Process> started = new ArrayList<>();

  @AfterEach
  void endAll() {
    started.forEach(Process::destroyForcibly);
  }

  @Test
  void candidatesAreTrainedAndTheirWeightsAreOnDisk() throws IOException, InterruptedException {
    Process process = start();
    SlotChannel channel = channel(process);

    Hello hello = (Hello) next(channel);
    assertThat(hello.protocol()).isEqualTo(SlotChannel.PROTOCOL);
    assertThat(hello.process()).isEqualTo(process.pid());
    assertThat(hello.numericClass()).isEqualTo(NumericClass.here());
    Ready ready = prepare(channel, "shapes");
    assertThat(ready.labels()).hasSize(10);
    assertThat(ready.trainImages()).isEqualTo(9 * ready.validationImages());

    channel.send(new Train(5, DESIGN, SHORT, 1, null));
    List<SlotMessage> first = untilAnswer(channel);
    channel.send(new Train(6, DESIGN, SHORT, 2, null));
    Trained second = (Trained) last(untilAnswer(channel));

    assertThat(first).hasSize(3);
    assertThat(((Progress) first.get(1)).epochs()).isEqualTo(2);
    Trained trained = (Trained) last(first);
    assertThat(trained.number()).isEqualTo(5);
    assertThat(second.weights()).isNotEqualTo(trained.weights());
    WeightsFile file =
        WeightsFile.read(directory.resolve("weights/" + trained.weights() + WeightsFile.SUFFIX));
    assertThat(file.blueprint().design()).isEqualTo(DESIGN);
    channel.send(new Stop());
    assertThat(process.waitFor()).isZero();
  }

  @Test
  void theSameSeedGivesTheSameWeightsInTwoProcesses() throws IOException {
    List<String> weights = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      SlotChannel channel = channel(start());
      next(channel);
      prepare(channel, "shapes");
      channel.send(new Train(i, DESIGN, SHORT, 11, null));
      weights.add(((Trained) last(untilAnswer(channel))).weights());
      acknowledge(channel);
    }

    assertThat(weights.get(1)).isEqualTo(weights.get(0));
  }

  @Test
  void proxiesAreTheSameInTwoProcessesAlsoBetweenTrainings() throws IOException {
    Score score = new Score(0, DESIGN, SHORT, 11, EnumSet.allOf(ZeroCostProxy.class));
    List<SlotMessage> answers = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      SlotChannel channel = channel(start());
      next(channel);
      prepare(channel, "shapes");
      if (i > 0) {
        channel.send(new Train(i, DESIGN, new Fidelity(1, 64, 0), 11, null));
        untilAnswer(channel);
      }
      channel.send(score);
      answers.add(next(channel));
      channel.send(new Score(0, "no-such-network", SHORT, 11, score.proxies()));
      assertThat(next(channel)).isEqualTo(new Scored(0, Map.of()));
    }

    assertThat(((Scored) answers.get(0)).values()).containsOnlyKeys(score.proxies());
    assertThat(answers.get(1)).isEqualTo(answers.get(0));
  }

  @Test
  void aTrainingGoesOnFromWeightsOnDisk() throws IOException {
    SlotChannel channel = channel(start());
    next(channel);
    prepare(channel, "shapes");
    channel.send(new Train(0, DESIGN, SHORT, 1, null));
    Trained low = (Trained) last(untilAnswer(channel));
    Start continued = new Start(Start.Kind.CONTINUED, 0, low.weights(), 2);
    List<Trained> high = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      channel.send(new Train(1, DESIGN, new Fidelity(3, 320, 0), 2, continued));
      high.add((Trained) last(untilAnswer(channel)));
    }
    Start lost = new Start(Start.Kind.INHERITED, 0, "0".repeat(64), 0);
    channel.send(new Train(2, DESIGN, SHORT, 3, lost));
    Unable unable = (Unable) last(untilAnswer(channel));

    assertThat(high.get(0).learningCurve()).hasSize(1);
    assertThat(high.get(0).inheritedShare()).isEqualTo(1);
    assertThat(high.get(0).trainedImages()).isEqualTo(low.trainedImages() / 2);
    assertThat(high.get(1)).isEqualTo(high.get(0));
    assertThat(high.get(0).weights()).isNotEqualTo(low.weights());
    assertThat(unable.message()).contains("weights of candidate 0");
  }

  @Test
  void aKilledSlotsTrainingContinuesBitForBitInAnother() throws IOException, InterruptedException {
    Fidelity four = new Fidelity(4, 320, 0);
    SlotChannel whole = channel(start());
    next(whole);
    prepare(whole, "shapes");
    whole.send(new Train(0, DESIGN, four, 3, null));
    Trained expected = (Trained) last(untilAnswer(whole));
    acknowledge(whole);
    Process killed = start();
    SlotChannel first = channel(killed);
    next(first);
    prepare(first, "shapes");
    first.send(new Train(0, DESIGN, four, 3, null));
    next(first);
    next(first);
    next(first);
    killed.destroyForcibly().waitFor();
    assertThat(directory.resolve("checkpoints")).isNotEmptyDirectory();

    SlotChannel second = channel(start());
    next(second);
    prepare(second, "shapes");
    second.send(new Train(0, DESIGN, four, 3, null));
    List<SlotMessage> rest = untilAnswer(second);

    assertThat(rest).hasSizeLessThan(4);
    assertThat(last(rest)).isEqualTo(expected);
  }

  @Test
  void anAnswerThatIsLostWithItsReceiverCostsNoTraining() throws IOException, InterruptedException {
    Train request = new Train(0, DESIGN, SHORT, 3, null);
    Process killed = start();
    SlotChannel first = channel(killed);
    next(first);
    prepare(first, "shapes");
    first.send(request);
    Trained lost = (Trained) last(untilAnswer(first));
    killed.destroyForcibly().waitFor();

    SlotChannel second = channel(start());
    next(second);
    prepare(second, "shapes");
    second.send(request);
    List<SlotMessage> again = untilAnswer(second);
    second.send(new Train(1, DESIGN, new Fidelity(1, 64, 0), 1, null));
    untilAnswer(second);

    assertThat(again).as("no epoch is trained again").containsExactly(lost);
    try (Stream<Path> left = Files.list(directory.resolve("checkpoints"))) {
      assertThat(left).as("of the last training alone").hasSizeLessThan(2);
    }
  }

  @Test
  void aCandidateThatCannotBeTrainedIsRefusedAndTheSlotGoesOn() throws IOException {
    SlotChannel channel = channel(start());
    next(channel);
    prepare(channel, "shapes");

    channel.send(new Train(1, "no-such-network", SHORT, 1, null));
    Refused unknown = (Refused) last(untilAnswer(channel));
    channel.send(new Train(2, DESIGN, new Fidelity(1, 64, 0), 1, null));

    assertThat(unknown.reason()).isEqualTo(FailureReason.INVALID);
    assertThat(unknown.message()).contains("no-such-network");
    assertThat(last(untilAnswer(channel))).isInstanceOf(Trained.class);
  }

  @Test
  void aFullDiskIsNoFailureOfTheCandidate() throws IOException {
    SlotChannel decoding = channel(start());
    next(decoding);
    prepare(decoding, "shapes");
    // What the shell limits is the size of a file, for root as for all: here 64 KiB at most.
    Process limited =
        start(List.of("/bin/sh", "-c", "ulimit -f 128; exec \"$@\"", "limited"), 2L << 30);
    SlotChannel channel = channel(limited);
    next(channel);
    prepare(channel, "shapes");

    channel.send(new Train(1, DESIGN, SHORT, 1, null));
    Unable unable = (Unable) last(untilAnswer(channel));

    assertThat(unable.message()).contains("cannot be written").contains("Make room on that disk");
    try (Stream<Path> left = Files.walk(directory)) {
      assertThat(left.filter(Files::isRegularFile)).isEmpty();
    }
  }

  @Test
  void imagesThatCannotBeDecodedSmallerAreNoFailureOfTheCandidate() throws IOException {
    Path cache = directory.resolve("cache");
    SlotChannel channel = channel(start());
    next(channel);
    channel.send(new Prepare(task("shapes", TrainingParams.DEFAULT, cache)));
    assertThat(next(channel)).isInstanceOf(Ready.class);
    Files.move(cache, directory.resolve("elsewhere"));
    // A file in the place of a folder stops root, too.
    Files.writeString(cache, "in the way");
    Fidelity small = new Fidelity(1, 64, 16);

    channel.send(new Score(0, DESIGN, small, 1, EnumSet.of(ZeroCostProxy.SYNFLOW)));
    SlotMessage scored = next(channel);
    channel.send(new Train(1, DESIGN, small, 1, null));
    SlotMessage trained = last(untilAnswer(channel));

    assertThat(List.of(scored, trained))
        .allSatisfy(
            answer ->
                assertThat(((Unable) answer).message())
                    .contains(cache.toString())
                    .contains("Free some space there"));
  }

  @Test
  void whatIsTooLargeForAUsedSlotIsLeftToAFreshOne() throws IOException {
    Train large = new Train(2, "mobilenet-v2", new Fidelity(1, 2048, 0), 1, null);
    long bytes = 700L << 20;
    SlotChannel used = channel(start(List.of(), bytes));
    next(used);
    prepare(used, "shapes", LARGE_BATCHES);
    used.send(new Train(1, DESIGN, new Fidelity(1, 64, 0), 1, null));
    assertThat(last(untilAnswer(used))).isInstanceOf(Trained.class);
    used.send(large);
    Refused second = (Refused) last(untilAnswer(used));
    SlotChannel fresh = channel(start(List.of(), bytes));
    next(fresh);
    prepare(fresh, "shapes", LARGE_BATCHES);
    fresh.send(large);
    Refused first = (Refused) last(untilAnswer(fresh));

    assertThat(second.reason()).isEqualTo(FailureReason.MACHINE);
    assertThat(first.reason()).isEqualTo(FailureReason.MEMORY);
    assertThat(first.message()).startsWith("Memory ran out: ");
  }

  @Test
  void aDataSetThatIsNotThereIsSaid() throws IOException {
    SlotChannel channel = channel(start());
    next(channel);
    channel.send(new Prepare(task("images:/no/such/directory", TrainingParams.DEFAULT)));

    assertThat(((Unable) next(channel)).message()).contains("images");
  }

  @Test
  void theEndOfItsInputEndsASlotInTheMiddleOfATraining() throws IOException, InterruptedException {
    Process process = start();
    SlotChannel channel = channel(process);
    next(channel);
    prepare(channel, "shapes");
    channel.send(new Train(1, DESIGN, new Fidelity(100_000, 0, 0), 1, null));

    process.getOutputStream().close();

    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
  }

  @Test
  void garbageOnItsInputEndsASlotWithAnError() throws IOException, InterruptedException {
    Process process = start();
    process.getOutputStream().write("what is this?".getBytes(UTF_8));
    process.getOutputStream().flush();
    String errors = new String(process.getErrorStream().readAllBytes(), UTF_8);

    assertThat(process.waitFor()).isEqualTo(2);
    assertThat(errors).contains("Expected a slot message");
  }

  private Process start() throws IOException {
    return start(List.of(), 2L << 30);
  }

  private Process start(List<String> prefix, long maxBytes) throws IOException {
    ProcessBuilder builder = SlotCommand.likeThisProcess(maxBytes).processBuilder();
    int classPath = builder.command().indexOf("-cp");
    builder.command().add(classPath, "-D" + SlotMain.CHECKPOINT_AFTER_SECONDS + "=0");
    builder.command().addAll(0, prefix);
    Process process = builder.start();
    started.add(process);
    return process;
  }

  private static SlotChannel channel(Process process) {
    return new SlotChannel(process.getInputStream(), process.getOutputStream());
  }

  private Ready prepare(SlotChannel channel, String dataSet) throws IOException {
    return prepare(channel, dataSet, TrainingParams.DEFAULT);
  }

  private Ready prepare(SlotChannel channel, String dataSet, TrainingParams params)
      throws IOException {
    channel.send(new Prepare(task(dataSet, params)));
    return (Ready) next(channel);
  }

  private TrainingTask task(String dataSet, TrainingParams params) {
    return task(dataSet, params, shared.resolve("cache"));
  }

  private TrainingTask task(String dataSet, TrainingParams params, Path cache) {
    return new TrainingTask(
        dataSet,
        null,
        cache.toString(),
        32,
        0.1,
        1,
        params,
        directory.resolve("weights").toString(),
        directory.resolve("checkpoints").toString(),
        0,
        0);
  }

  private static List<SlotMessage> untilAnswer(SlotChannel channel) throws IOException {
    List<SlotMessage> messages = new ArrayList<>(List.of(next(channel)));
    while (last(messages) instanceof Progress) {
      messages.add(next(channel));
    }
    return messages;
  }

  private static SlotMessage last(List<SlotMessage> messages) {
    return messages.get(messages.size() - 1);
  }

  /** Asks for something else, so that the slot forgets how its last answer came about. */
  private static void acknowledge(SlotChannel channel) throws IOException {
    channel.send(new Score(0, DESIGN, SHORT, 1, EnumSet.of(ZeroCostProxy.SYNFLOW)));
    assertThat(next(channel)).isInstanceOf(Scored.class);
  }

  private static SlotMessage next(SlotChannel channel) throws IOException {
    Optional<SlotMessage> message = channel.receive();
    return message.orElseThrow(() -> new AssertionError("The slot closed its output."));
  }
}
