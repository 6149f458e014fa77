package org.finchnas.coordinator.cluster.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.finchnas.coordinator.run.RunStorageException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FetchingTest {

  private static final String HASH = "a".repeat(64);
  private static final long LIMIT_SECONDS = 30;

  @TempDir Path directory;

  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch answers = new CountDownLatch(1);
  private RunFolder folder;
  private Fetching fetching;

  /** A coordinator that takes its time, whatever happens here. */
  private final class Slow implements CoordinatorLink {

    @Override
    public byte[] call(byte[] request) throws LinkException {
      asked.countDown();
      while (answers.getCount() > 0) {
        try {
          answers.await();
        } catch (InterruptedException e) {
          // As a connection that is not to be hurried.
        }
      }
      throw new LinkException("nobody there");
    }

    @Override
    public void close() {}
  }

  @BeforeEach
  void begin() {
    folder = RunFolder.open(directory, "run-1");
    WeightsStore weights =
        new WeightsStore(new Coordinator(new Slow()), "worker", folder.weights());
    fetching = new Fetching(weights, folder, Set::of, reason -> {});
  }

  @AfterEach
  void end() {
    answers.countDown();
    fetching.close();
  }

  @Test
  void closingEndsTheWaitForAllThatIsOnItsWayOrInTheQueue() throws Exception {
    CompletableFuture<Void> first = fetching.fetch(HASH);
    CompletableFuture<Void> second = fetching.fetch("b".repeat(64));
    assertThat(asked.await(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(first).isNotDone();
    fetching.close();
    assertThat(first).isCompletedExceptionally();
    assertThat(second).isCompletedExceptionally();
    assertThatThrownBy(second::join).isInstanceOf(CancellationException.class);
  }

  @Test
  void whenItIsClosedNothingIsFetchedAnyMore() {
    fetching.close();
    assertThatThrownBy(fetching.fetch(HASH)::join).isInstanceOf(CancellationException.class);
    assertThat(asked.getCount()).isEqualTo(1);
  }

  @Test
  void aDiskThatFailsIsToldWithTheWayOut() throws Exception {
    Files.delete(folder.weights());
    Files.writeString(folder.weights(), "no folder");
    CompletableFuture<Void> fetched = fetching.fetch(HASH);
    assertThatThrownBy(() -> fetched.get(LIMIT_SECONDS, TimeUnit.SECONDS))
        .hasCauseInstanceOf(RunStorageException.class)
        .hasMessageContaining(folder.weights().toString())
        .hasMessageContaining("--dir");
  }
}
