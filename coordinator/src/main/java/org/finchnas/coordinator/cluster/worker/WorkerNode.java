package org.finchnas.coordinator.cluster.worker;

import java.nio.file.Path;
import java.time.Duration;
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

  /** How long a worker that goes tries to tell what it has finished. */
  private static final Duration LAST_DELIVERY = Duration.ofSeconds(5);

  private final String id = UUID.randomUUID().toString();
  private final WorkerParams params;
  private final Coordinator coordinator;
  private final SiteStarter starter;
  private final WorkerListener listener;

  /** Opened when the worker is to leave. */
  private final CountDownLatch leaving = new CountDownLatch(1);

  // Guarded by this object.
  private boolean giveUp;
  private @Nullable Assignment current;

  public WorkerNode(
      WorkerParams params, CoordinatorLink link, SiteStarter starter, WorkerListener listener) {
    this.params = params;
    this.coordinator = new Coordinator(link);
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
        Welcome welcome = hello();
        if (welcome != null) {
          serve(welcome);
        }
      }
      farewell("it was told to go");
    } catch (RefusedException e) {
      throw e;
    } catch (RuntimeException e) {
      farewell(String.valueOf(e.getMessage()));
      throw e;
    }
  }

  /**
   * Ends {@link #run} soon, from any thread: takes no more work, gives trainings some time to end,
   * and hands back the rest.
   */
  public void leave() {
    Assignment busy;
    synchronized (this) {
      leaving.countDown();
      busy = current;
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

  private void farewell(String reason) {
    try {
      coordinator.ask(new Request.Leave(id, reason));
    } catch (LinkException | RefusedException e) {
      // Then its lease runs out.
      return;
    }
  }

  /** What there is to do, or null if the worker is to leave before anybody said. */
  private @Nullable Welcome hello() throws InterruptedException {
    boolean told = false;
    while (!isLeaving()) {
      try {
        Reply reply = coordinator.ask(new Request.Hello(id, params.introduction()));
        if (reply instanceof Welcome welcome) {
          return welcome;
        }
      } catch (LinkException e) {
        if (!told) {
          listener.said(
              "No coordinator (%s). Trying until there is one…".formatted(e.getMessage()));
          told = true;
        }
      }
      pause(PAUSE.toMillis());
    }
    return null;
  }

  private void serve(Welcome first) throws InterruptedException {
    RunFolder folder = RunFolder.open(params.directory(), first.run());
    TrainingTask task;
    try {
      task = task(first, folder);
    } catch (LinkException e) {
      if (!isLeaving()) {
        listener.said("Another coordinator, perhaps with another run: " + e.getMessage());
      }
      return;
    }
    TrainingSite site = starter.start(task, first.settings(), folder.slots());
    try (Assignment assignment = assignment(first.run(), site, folder)) {
      enter(assignment);
      Welcome welcome = first;
      boolean drained = false;
      while (welcome != null && isSame(welcome, first, folder) && !drained) {
        if (isReady(assignment)) {
          drained = assignment.serve();
        } else {
          pause(PAUSE.toMillis());
        }
        welcome = drained ? null : hello();
      }
      if (drained) {
        assignment.deliverAll(LAST_DELIVERY);
      } else if (welcome == null) {
        assignment.awaitDrained();
      }
    } finally {
      enter(null);
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

  /** The run's task with this machine's directories and images. */
  private TrainingTask task(Welcome welcome, RunFolder folder)
      throws InterruptedException, LinkException {
    TrainingTask task = welcome.task();
    String images =
        new ImagesHere(
                coordinator,
                id,
                params.dataDirectory(),
                params.cacheDirectory(),
                listener,
                this::pause,
                this::isLeaving)
            .find(task.dataSet(), welcome.images());
    return here(task, images, folder);
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
