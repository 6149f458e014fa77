package org.finchnas.cli;

import java.util.concurrent.CountDownLatch;

/**
 * What Ctrl-C and SIGTERM do while a command works: they end the process, with exit code 130 or
 * 143, but not before it was said how to go on.
 */
final class Interruption implements AutoCloseable {

  private final CountDownLatch wound = new CountDownLatch(1);
  private final Thread hook = new Thread(this::interrupt, "interruption");
  // Guarded by this object.
  private Runnable reaction;
  private boolean mustWindUp;
  private boolean interrupted;

  private Interruption(Runnable reaction) {
    this.reaction = reaction;
  }

  /** From now on an interruption runs this and ends the process. */
  static Interruption ends(Runnable lastWords) {
    Interruption interruption = new Interruption(lastWords);
    Runtime.getRuntime().addShutdownHook(interruption.hook);
    return interruption;
  }

  /** The same with other last words; also for an interruption that came just before. */
  synchronized void nowEnds(Runnable lastWords) {
    reaction = lastWords;
    mustWindUp = false;
    if (interrupted) {
      lastWords.run();
      wound.countDown();
    }
  }

  /**
   * From now on an interruption runs {@code stop}, then waits until the work is wound up; also one
   * that came just before.
   */
  synchronized void nowStops(Runnable stop) {
    reaction = stop;
    mustWindUp = true;
    if (interrupted) {
      stop.run();
    }
  }

  /** The work is wound up; later interruptions end the process at once. */
  @Override
  public void close() {
    wound.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending already, and waited for this.
      return;
    }
  }

  private void interrupt() {
    if (reactsAtOnce()) {
      return;
    }
    try {
      wound.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized boolean reactsAtOnce() {
    interrupted = true;
    reaction.run();
    return !mustWindUp;
  }
}
