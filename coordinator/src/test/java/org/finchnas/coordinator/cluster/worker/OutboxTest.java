package org.finchnas.coordinator.cluster.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.finchnas.coordinator.cluster.ClusterSamples;
import org.finchnas.coordinator.cluster.message.Result;
import org.finchnas.coordinator.cluster.message.Wire;
import org.finchnas.coordinator.run.RunStorageException;
import org.finchnas.evaluation.ZeroCostProxy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutboxTest {

  private static final Result TRAINED =
      ClusterSamples.result(ClusterSamples.outcome(ClusterSamples.candidate(1), null));
  private static final Result SCORED =
      new Result.Scored(Map.of(ZeroCostProxy.NASWOT, Double.NEGATIVE_INFINITY), false);

  @TempDir Path folder;

  @Test
  void whatIsInItIsThereInTheNextProcess() {
    Outbox outbox = Outbox.open(folder);
    assertThat(outbox.next()).isEmpty();
    outbox.put("train-1-a", TRAINED);
    outbox.put("score-b", SCORED);
    outbox.put("train-2-c", TRAINED);
    assertThat(outbox.remove("train-2-c", TRAINED)).isTrue();
    Outbox next = Outbox.open(folder);
    assertThat(next.keys()).containsExactlyInAnyOrder("train-1-a", "score-b");
    assertThat(next.results())
        .containsOnly(Map.entry("train-1-a", TRAINED), Map.entry("score-b", SCORED));
    assertThat(next.remove("train-1-a", TRAINED)).isTrue();
    assertThat(next.remove("score-b", SCORED)).isTrue();
    assertThat(next.remove("score-b", SCORED)).isFalse();
    assertThat(Outbox.open(folder).keys()).isEmpty();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void allHaveTheirTurn() {
    Outbox outbox = Outbox.open(folder);
    outbox.put("a", TRAINED);
    outbox.put("b", SCORED);
    assertThat(outbox.next()).contains(Map.entry("a", TRAINED));
    assertThat(outbox.next()).contains(Map.entry("b", SCORED));
    assertThat(outbox.next()).contains(Map.entry("a", TRAINED));
    outbox.put("c", TRAINED);
    assertThat(outbox.remove("b", SCORED)).isTrue();
    assertThat(outbox.next()).contains(Map.entry("a", TRAINED));
    assertThat(outbox.next()).contains(Map.entry("c", TRAINED));
  }

  @Test
  void whatIsPutInTwiceIsInItOnce() {
    Outbox outbox = Outbox.open(folder);
    outbox.put("a", TRAINED);
    outbox.put("a", SCORED);
    assertThat(outbox.next()).contains(Map.entry("a", SCORED));
    assertThat(outbox.remove("a", SCORED)).isTrue();
    assertThat(outbox.next()).isEmpty();
  }

  @Test
  void anAnswerToWhatWasReplacedRemovesNothing() {
    Outbox outbox = Outbox.open(folder);
    outbox.put("a", TRAINED);
    outbox.put("a", SCORED);
    assertThat(outbox.remove("a", TRAINED)).isFalse();
    assertThat(Outbox.open(folder).results()).containsOnly(Map.entry("a", SCORED));
  }

  @Test
  void whatIsDamagedOrUnfinishedNeverHappened() throws IOException {
    Outbox.open(folder).put("whole", TRAINED);
    byte[] whole = Files.readAllBytes(folder.resolve("whole.report"));
    byte[] newer = whole.clone();
    newer[3]++;
    Files.write(folder.resolve("newer.report"), newer);
    Files.write(folder.resolve("torn.report"), Arrays.copyOf(whole, whole.length - 1));
    Files.write(folder.resolve("empty.report"), new byte[0]);
    Files.write(
        folder.resolve("senseless.report"),
        Wire.encode(
            ClusterSamples.report(
                "-", "-", "senseless", ClusterSamples.result("{\"number\": 1}"))));
    Files.write(folder.resolve("half.report.1234.tmp"), whole);
    assertThat(Outbox.open(folder).keys()).containsExactly("whole");
    assertThat(folder.toFile().list()).containsExactly("whole.report");
  }

  @Test
  void whatCannotBeReadIsKept() throws IOException {
    Outbox.open(folder).put("whole", TRAINED);
    Path unreadable = Files.createDirectory(folder.resolve("unreadable.report"));
    Outbox outbox = Outbox.open(folder);
    assertThat(outbox.keys()).containsExactly("whole");
    assertThat(outbox.unreadable()).containsOnlyKeys(unreadable);
    assertThat(unreadable).exists();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "../a", "a/b", "A", "a.b"})
  void aKeyIsNoPath(String key) {
    Outbox outbox = Outbox.open(folder);
    assertThatThrownBy(() -> outbox.put(key, TRAINED)).isInstanceOf(RefusedException.class);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aDiskThatTakesNothingIsTold() throws IOException {
    Path gone = Files.createDirectory(folder.resolve("gone"));
    Outbox outbox = Outbox.open(gone);
    Files.delete(gone);
    assertThatThrownBy(() -> outbox.put("a", TRAINED))
        .isInstanceOf(RunStorageException.class)
        .hasMessageContaining(gone.resolve("a.report").toString())
        .hasMessageContaining("--dir")
        .hasMessageNotContaining("finch resume");
    assertThat(outbox.keys()).isEmpty();
  }

  @Test
  @Timeout(value = 30, unit = TimeUnit.SECONDS)
  void newsThatCameBeforeTheWaitEndIt() throws InterruptedException {
    Outbox outbox = Outbox.open(folder);
    outbox.put("a", TRAINED);
    outbox.awaitNews(TimeUnit.HOURS.toMillis(1));
    outbox.awaitNews(1);
  }
}
