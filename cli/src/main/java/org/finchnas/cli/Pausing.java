package org.finchnas.cli;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.finchnas.coordinator.SearchLoop;
import org.finchnas.coordinator.run.PauseMark;

/** Pauses a search while its run has the mark for it, whoever sets it. */
final class Pausing implements AutoCloseable {

  private static final int LOOK_MILLIS = 500;

  private final PauseMark mark;
  private final SearchLoop loop;
  private final Output output;
  private final ScheduledExecutorService looker =
      Executors.newSingleThreadScheduledExecutor(Pausing::daemon);

  /** Not final, and used by the thread that looks alone. */
  private boolean paused;

  private Pausing(PauseMark mark, SearchLoop loop, Output output) {
    this.mark = mark;
    this.loop = loop;
    this.output = output;
  }

  /** Begins to look. A mark from before is taken away: who starts a search wants it to run. */
  static Pausing of(PauseMark mark, SearchLoop loop, Output output) {
    mark.clear();
    Pausing pausing = new Pausing(mark, loop, output);
    ScheduledFuture<?> unused =
        pausing.looker.scheduleWithFixedDelay(
            pausing::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    return pausing;
  }

  private void look() {
    boolean wanted = mark.isSet();
    if (wanted && !paused) {
      output.warn(
          "Paused: what is in training is finished. Resume it in the dashboard, or delete %s.",
          mark.file());
      loop.pause();
    } else if (!wanted && paused) {
      output.warn("It goes on.");
      loop.goOn();
    }
    paused = wanted;
  }

  private static Thread daemon(Runnable runnable) {
    Thread thread = new Thread(runnable, "pausing");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void close() {
    looker.shutdownNow();
  }
}
