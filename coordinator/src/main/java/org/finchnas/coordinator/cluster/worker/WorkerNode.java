package org.finchnas.coordinator.cluster.worker;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.finchnas.coordinator.TrainingSite;
import org.finchnas.coordinator.cluster.message.Reply;
import org.finchnas.coordinator.cluster.message.Reply.Welcome;
import org.finchnas.coordinator.cluster.message.Request;
import org.finchnas.evaluation.Candidate;
import org.finchnas.evaluation.TrainingTask;
import org.jspecify.annotations.Nullable;

/**
 * A worker: asks its coordinator for work, trains it in slots, and tells what came of it. Without a
 * coordinator it goes on with what it has and waits, for hours if need be; it serves one run after
 * another.
 */
public final class WorkerNode {

  private static final Duration PAUSE = Duration.ofSeconds(1);

  /** Several in a lease. */
  private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(2);

  private final String id = UUID.randomUUID().toString();
  private final WorkerParams params;
  private final Coordinator coordinator;
  private final Greeting greeting;
  private final SiteStarter starter;
  private final WorkerListener listener;

  /** Opened when the worker is to leave. */
  private final CountDownLatch leaving = new CountDownLatch(1);

  // Guarded by this object.
  private boolean giveUp;
  private @Nullable Preparation preparing;
  private @Nullable Assignment current;

  public WorkerNode(
      WorkerParams params, CoordinatorLink link, SiteStarter starter, WorkerListener listener) {
    this.params = params;
    this.coordinator = new Coordinator(link);
    this.greeting = new Greeting(coordinator, id, params.introduction(), listener);
    this.starter = starter;
    this.listener = listener;
  }

  /**
   * Works until {@link #leave}.
   *
   * @throws RefusedException if the coordinator sends the worker away
   * @throws RuntimeException if disk or slots give up; the coordinator is told, and others do the
   *     work
   */
  public void run() throws InterruptedException {
    try {
      while (!isLeaving()) {
        Welcome welcome = greeting.repeat(this::isLeaving, this::pause);
        if (welcome != null) {
          serve(welcome);
        }
      }
      farewell("it was told to go", false);
    } catch (RefusedException e) {
      throw e;
    } catch (RuntimeException | Error e) {
      farewell(e.getMessage() == null ? e.toString() : e.getMessage(), true);
      throw e;
    }
  }

  /**
   * Ends {@link #run} soon, from any thread: takes no more work, gives trainings some time to end,
   * and hands back the rest.
   */
  public void leave() {
    Preparation begun;
    Assignment busy;
    synchronized (this) {
      leaving.countDown();
      begun = preparing;
      busy = current;
    }
    if (begun != null) {
      begun.stop();
    }
    if (busy != null) {
      busy.drain();
      CompletableFuture.delayedExecutor(params.drain().toMillis(), TimeUnit.MILLISECONDS)
          .execute(this::giveUp);
    }
  }

  /** A training has seen all its images once more. */
  public void progressed(Candidate candidate, int epochs) {
    Assignment busy;
    synchronized (this) {
      busy = current;
    }
    if (busy != null) {
      busy.progressed(candidate, epochs);
    }
  }

  private void giveUp() {
    Assignment busy;
    synchronized (this) {
      giveUp = true;
      busy = current;
    }
    if (busy != null) {
      busy.giveUp();
    }
  }

  private void farewell(String reason, boolean failed) {
    try {
      coordinator.ask(new Request.Leave(id, reason, failed));
    } catch (LinkException | RefusedException e) {
      // Then its lease runs out.
      return;
    }
  }

  private void serve(Welcome first) throws InterruptedException {
    RunFolder folder = RunFolder.open(params.directory(), first.run());
    TrainingSite ready = prepare(first, folder);
    if (ready == null) {
      return;
    }
    try (TrainingSite site = ready;
        Assignment assignment = assignment(first.run(), site, folder)) {
      enter(assignment);
      Welcome welcome = first;
      // Also one that is to go says hello, while there is something to end or to tell.
      while (welcome != null && isSame(welcome, first, folder)) {
        if (isReady(assignment)) {
          assignment.serve();
        } else {
          assignment.awaitChange(PAUSE.toMillis());
        }
        welcome = greeting.repeat(assignment::isDone, assignment::awaitChange);
      }
    } finally {
      enter((Assignment) null);
    }
  }

  /** The slots, ready; null if they are not wanted any more. */
  private @Nullable TrainingSite prepare(Welcome first, RunFolder folder)
      throws InterruptedException {
    try (Preparation preparation = new Preparation(steps -> site(first, folder, steps))) {
      enter(preparation);
      preparation.start();
      Optional<TrainingSite> site = preparation.await(SIGN_OF_LIFE.toMillis());
      while (site.isEmpty() && isWanted(first, folder)) {
        site = preparation.await(SIGN_OF_LIFE.toMillis());
      }
      return site.orElse(null);
    } catch (LinkException e) {
      // It is to go.
      return null;
    } finally {
      enter((Preparation) null);
    }
  }

  private TrainingSite site(Welcome first, RunFolder folder, Preparation preparation)
      throws InterruptedException, LinkException {
    String images =
        new ImagesHere(
                coordinator,
                id,
                params.dataDirectory(),
                params.cacheDirectory(),
                listener,
                preparation::pause,
                preparation::isStopped)
            .find(first.task().dataSet(), first.images());
    if (preparation.isStopped()) {
      throw new LinkException("The worker goes.");
    }
    return starter.start(here(first.task(), images, folder), first.settings(), folder.slots());
  }

  /**
   * Says hello once more, so that the coordinator does not forget a worker that is not ready yet.
   */
  private boolean isWanted(Welcome first, RunFolder folder) {
    try {
      Welcome welcome = greeting.once();
      return welcome == null || isSame(welcome, first, folder);
    } catch (LinkException e) {
      return true;
    }
  }

  private Assignment assignment(String run, TrainingSite site, RunFolder folder) {
    String build = params.introduction().build();
    return new Assignment(id, build, run, coordinator, site, folder, listener);
  }

  /** Whether the slots can go on; a coordinator's own directories do not matter here. */
  private boolean isSame(Welcome one, Welcome other, RunFolder folder) {
    return one.run().equals(other.run())
        && one.images().equals(other.images())
        && one.settings().equals(other.settings())
        && here(one.task(), one.task().dataSet(), folder)
            .equals(here(other.task(), other.task().dataSet(), folder));
  }

  private boolean isReady(Assignment assignment) {
    try {
      return coordinator.ask(assignment.ready()) instanceof Reply.Accepted;
    } catch (LinkException e) {
      return false;
    }
  }

  private synchronized void enter(@Nullable Preparation preparation) {
    preparing = preparation;
    if (preparation != null && isLeaving()) {
      preparation.stop();
    }
  }

  private synchronized void enter(@Nullable Assignment assignment) {
    current = assignment;
    if (assignment != null && isLeaving()) {
      assignment.drain();
    }
    if (assignment != null && giveUp) {
      assignment.giveUp();
    }
  }

  private boolean isLeaving() {
    return leaving.getCount() == 0;
  }

  /** Shorter when the worker is to leave. */
  private void pause(long millis) throws InterruptedException {
    boolean unused = leaving.await(millis, TimeUnit.MILLISECONDS);
  }

  /** A task with this machine's directories. */
  private TrainingTask here(TrainingTask task, String images, RunFolder folder) {
    Path data = params.dataDirectory();
    return new TrainingTask(
        images,
        data == null ? null : data.toAbsolutePath().toString(),
        params.cacheDirectory().toAbsolutePath().toString(),
        task.imageSize(),
        task.validationShare(),
        task.splitSeed(),
        task.params(),
        folder.weights().toAbsolutePath().toString(),
        folder.checkpoints().toAbsolutePath().toString(),
        task.maxSteps(),
        task.maxBytes());
  }
}
