package org.finchnas.coordinator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.finchnas.coordinator.ToldEvaluation;
import org.finchnas.coordinator.config.ConfigException;
import org.finchnas.coordinator.config.ExecutionConfig;
import org.finchnas.coordinator.config.SearchConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunDirectoryTest {

  private final Path path;

  RunDirectoryTest(@TempDir Path folder) {
    path = folder.resolve("results/sample");
  }

  @Test
  void aRunGoesOnWhereItStopped() {
    List<ToldEvaluation> told = Samples.told(6, 1);
    try (RunDirectory run = Samples.run(path)) {
      told.subList(0, 4).forEach(run.log()::append);
    }
    try (RunDirectory run = RunDirectory.open(path)) {
      assertThat(run.config()).isEqualTo(Samples.CONFIG);
      assertThat(run.provenance()).isEqualTo(Samples.PROVENANCE);
      assertThat(run.log().told()).isEqualTo(told.subList(0, 4));
      told.subList(4, 6).forEach(run.log()::append);
    }

    assertThat(RecordedRun.read(path))
        .isEqualTo(new RecordedRun(path, Samples.CONFIG, Samples.PROVENANCE, told));
  }

  @Test
  void aRunInOrderOfArrivalKeepsItsOrder() {
    ExecutionConfig execution =
        new ExecutionConfig(2, 4, ExecutionConfig.Order.ARRIVAL, 60, 2, 2L << 30, 0);
    SearchConfig config = Samples.config(execution);
    Provenance provenance = Provenance.here("0.1.0", config, "da7a", "openblas avx2");
    List<ToldEvaluation> told = Samples.told(4, 1);
    try (RunDirectory run = RunDirectory.create(path, config, provenance)) {
      run.log().append(told.get(3));
      run.log().append(told.get(0));
    }
    try (RunDirectory run = RunDirectory.open(path)) {
      assertThat(run.log().told()).containsExactly(told.get(3), told.get(0));
      run.log().append(told.get(2));
    }

    assertThat(RecordedRun.read(path).told())
        .containsExactly(told.get(3), told.get(0), told.get(2));
  }

  @Test
  void whatIsFinishedIsKeptUntilItIsLogged() {
    List<ToldEvaluation> told = Samples.told(3, 2);
    try (RunDirectory run = Samples.run(path)) {
      told.forEach(each -> run.finished().put(each.evaluation()));
      run.log().append(told.get(0));
    }
    assertThat(path.resolve("finished")).isDirectoryNotContaining("glob:**000000.json");
    try (RunDirectory run = RunDirectory.open(path)) {
      for (ToldEvaluation each : told.subList(1, 3)) {
        assertThat(run.finished().find(each.evaluation().candidate())).contains(each.evaluation());
      }
      assertThat(run.finished().find(Samples.told(3, 99).get(1).evaluation().candidate()))
          .as("another candidate of the same number")
          .isEmpty();
    }
  }

  @Test
  void anInterruptLosesNothing() {
    ToldEvaluation told = Samples.told(1, 5).get(0);
    try (RunDirectory run = Samples.run(path)) {
      Thread.currentThread().interrupt();
      run.finished().put(told.evaluation());
      run.log().append(told);

      assertThat(Thread.interrupted()).as("still interrupted").isTrue();
    }
    assertThat(RecordedRun.read(path).told()).containsExactly(told);
  }

  @Test
  void aFinishedEvaluationThatWasLoggedBeforeTheProcessDiedIsSwept() throws IOException {
    List<ToldEvaluation> told = Samples.told(2, 3);
    Path file = path.resolve("finished/000000.json");
    try (RunDirectory run = Samples.run(path)) {
      run.finished().put(told.get(0).evaluation());
      byte[] kept = Files.readAllBytes(file);
      run.log().append(told.get(0));
      Files.write(file, kept);
      Files.writeString(path.resolve("finished/000001.json.1234.tmp"), "{\"num");
    }
    RunDirectory.open(path).close();

    assertThat(path.resolve("finished")).isEmptyDirectory();
  }

  @Test
  void itIsKnownWhoWorksOnARun() {
    try (RunDirectory run = Samples.run(path)) {
      assertThat(RecordedRun.read(run.path()).process())
          .hasValue(Long.toString(ProcessHandle.current().pid()));
    }
    assertThat(RecordedRun.read(path).process()).isEmpty();
    assertThat(RecordedRun.read(path).process()).as("looking takes nothing").isEmpty();
    RunDirectory.open(path).close();
  }

  @Test
  void aLogThatIsGoneIsNoEmptyLog() throws IOException {
    Samples.run(path).close();
    Files.delete(path.resolve("evaluations.jsonl"));

    assertThatThrownBy(() -> RecordedRun.read(path)).hasMessageContaining("is missing");
    assertThatThrownBy(() -> RunDirectory.open(path)).hasMessageContaining("is missing");
  }

  @Test
  void checkpointsAreDiscardedAndNothingElse() throws IOException {
    ToldEvaluation told = Samples.told(1, 5).get(0);
    try (RunDirectory run = Samples.run(path)) {
      run.finished().put(told.evaluation());
      Files.writeString(run.checkpoints().resolve("a.checkpoint"), "epochs");
      Files.writeString(run.weights().resolve("a.safetensors"), "weights");

      run.discardCheckpoints();

      assertThat(run.checkpoints()).isEmptyDirectory();
      assertThat(run.weights()).isNotEmptyDirectory();
      assertThat(run.finished().find(told.evaluation().candidate())).isPresent();
    }
  }

  @Test
  void aDamagedFinishedEvaluationIsNamed() throws IOException {
    Samples.run(path).close();
    Path file = Files.writeString(path.resolve("finished/000001.json"), "{\"number\":1}");

    assertThatThrownBy(() -> RunDirectory.open(path))
        .isInstanceOf(RunException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("Delete it");
  }

  @Test
  void aRunIsNotBegunTwice() {
    Samples.run(path).close();

    assertRefused(() -> Samples.run(path), "finch resume " + path);
  }

  @Test
  void somethingElseIsNotOverwritten() throws IOException {
    Files.createDirectories(path);
    Files.writeString(path.resolve("thesis.tex"), "precious");

    assertRefused(() -> Samples.run(path), "neither empty nor a run");
    assertRefused(() -> RunDirectory.open(path), "no run in " + path);
    assertThat(path).isDirectoryContaining("glob:**thesis.tex");
    assertThat(path.resolve(".lock")).doesNotExist();
  }

  @Test
  void aFileIsNoDirectory() throws IOException {
    Files.createDirectories(path.getParent());
    Files.writeString(path, "a file");

    assertRefused(() -> Samples.run(path), path.toString());
    assertRefused(() -> RunDirectory.open(path), path.toString());
  }

  @Test
  void whatDiedBeforeItBeganCanBeClaimedAgain() {
    RunDirectory.claim(path, Samples.CONFIG).close();

    assertRefused(() -> RunDirectory.open(path), "finch search CONFIG --run " + path);
    Samples.run(path).close();
    assertThat(RecordedRun.read(path).told()).isEmpty();
  }

  @Test
  void aConfigurationOfTheUsersIsNotOverwritten() throws IOException {
    Files.createDirectories(path.resolve("weights"));
    Files.writeString(path.resolve("config.yaml"), "precious: true");

    assertRefused(() -> Samples.run(path), "neither empty nor a run");
    assertThat(path.resolve("config.yaml")).hasContent("precious: true");
  }

  @Test
  void whatIsWithdrawnCanBeClaimedAgain() {
    try (RunDirectory run = Samples.run(path)) {
      run.withdraw();
    }

    assertRefused(() -> RunDirectory.open(path), "no run in " + path);
    Samples.run(path).close();
  }

  @Test
  void aRunThatHoldsSomethingIsNotWithdrawn() {
    try (RunDirectory run = Samples.run(path)) {
      run.log().append(Samples.told(1, 4).get(0));
      run.withdraw();
    }
    assertThat(RecordedRun.read(path).told()).hasSize(1);
  }

  @Test
  void whatAKilledSlotLeftUnfinishedIsSwept() throws IOException {
    Samples.run(path).close();
    Path weights = path.resolve("weights");
    Files.writeString(weights.resolve("weights-1.part"), "half");
    Files.writeString(weights.resolve("aa.safetensors"), "whole");

    RunDirectory.open(path).close();

    assertThat(weights.resolve("weights-1.part")).doesNotExist();
    assertThat(weights.resolve("aa.safetensors")).exists();
  }

  @Test
  void aRunHasOneOwnerAtATimeAlsoInOneProcess() {
    try (RunDirectory run = Samples.run(path)) {
      assertRefused(() -> RunDirectory.open(path), "in use by this process");
      assertThat(RecordedRun.read(path).told()).as("looking is free").isEmpty();
      run.log().append(Samples.told(1, 4).get(0));
    }
    RunDirectory.open(path).close();
  }

  @Test
  void anotherFormatIsRefused() throws IOException {
    Samples.run(path).close();
    Path file = path.resolve("provenance.json");
    Files.writeString(file, Files.readString(file).replace("\"format\" : 1", "\"format\" : 2"));

    assertRefused(() -> RunDirectory.open(path), "Finch 0.1.0 in run format 2");
    assertRefused(() -> RecordedRun.read(path), "reads format 1");
  }

  @Test
  void aProvenanceCutAtAnyByteIsRefused() throws IOException {
    Samples.run(path).close();
    Path file = path.resolve("provenance.json");
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length - 2; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertRefused(() -> RecordedRun.read(path), file + " is damaged");
    }
  }

  @Test
  void aConfigurationCutAtAnyByteIsRefusedUnlessNothingThatMattersIsMissing() throws IOException {
    Samples.run(path).close();
    Path file = path.resolve("config.yaml");
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      try {
        assertThat(RecordedRun.read(path).config().digest()).isEqualTo(Samples.CONFIG.digest());
      } catch (RunException | ConfigException e) {
        assertThat(e).hasMessageContaining(file.toString());
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"seed: 7, seed: 8", "evaluations: 100, evaluations: 0"})
  void aConfigurationThatWouldFindSomethingElseIsRefused(String from, String to)
      throws IOException {
    Samples.run(path).close();
    Path file = path.resolve("config.yaml");
    Files.writeString(file, Files.readString(file).replace(from, to));

    assertThatThrownBy(() -> RunDirectory.open(path))
        .isInstanceOfAny(RunException.class, ConfigException.class)
        .hasMessageContaining(file.toString());
  }

  @Test
  void theBudgetMayBeRaised() throws IOException {
    Samples.run(path).close();
    Path file = path.resolve("config.yaml");
    Files.writeString(file, Files.readString(file).replace("evaluations: 100", "evaluations: 200"));

    try (RunDirectory run = RunDirectory.open(path)) {
      assertThat(run.config().budget().evaluations()).isEqualTo(200);
    }
  }

  @Test
  void otherImagesOrOtherArithmeticAreRefused() {
    Samples.PROVENANCE.requireSame("da7a", "openblas avx2");

    assertRefused(() -> Samples.PROVENANCE.requireSame("0dd", "openblas avx2"), "have changed");
    assertRefused(() -> Samples.PROVENANCE.requireSame("da7a", "cuda"), "computes as \"cuda\"");
  }

  @Test
  void aDeviceProfileStaysTheSame() {
    Provenance timed = Provenance.here("0.1.0", Samples.CONFIG, "da7a", "openblas avx2", "f1");
    try (RunDirectory run = RunDirectory.create(path, Samples.CONFIG, timed)) {
      assertThat(run.provenance()).isEqualTo(timed);
      run.provenance().requireSameDevice("f1");
      assertRefused(() -> run.provenance().requireSameDevice("f2"), "device profile has changed");
      assertRefused(() -> Samples.PROVENANCE.requireSameDevice("f1"), "device profile has changed");
      Samples.PROVENANCE.requireSameDevice(null);
    }
  }

  @Test
  void aPlaceThatCannotHoldARunIsRefused() throws IOException {
    Path file = Files.createDirectories(path.getParent()).resolve("file");
    Files.writeString(file, "mine");

    assertRefused(() -> RunDirectory.claim(file, Samples.CONFIG), "is a file");
    assertRefused(
        () -> RunDirectory.claim(file.resolve("run"), Samples.CONFIG), "cannot hold a run");
    assertThat(file).hasContent("mine");
  }

  private static void assertRefused(ThrowingCallable call, String message) {
    assertThatThrownBy(call).isInstanceOf(RunException.class).hasMessageContaining(message);
  }
}
