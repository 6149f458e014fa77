package org.finchnas.cli;

import java.util.concurrent.CountDownLatch;

/** Turns Ctrl-C and SIGTERM into a clean stop: the process ends only when the work has wound up. */
final class Interruption {

  private final CountDownLatch wound = new CountDownLatch(1);
  private final Thread hook;

  private Interruption(Runnable stop) {
    hook =
        new Thread(
            () -> {
              stop.run();
              try {
                wound.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "interruption");
  }

  /** From now on an interruption runs {@code stop} and waits for {@link #end}. */
  static Interruption stops(Runnable stop) {
    Interruption interruption = new Interruption(stop);
    Runtime.getRuntime().addShutdownHook(interruption.hook);
    return interruption;
  }

  /** The work is wound up; later interruptions end the process at once. */
  void end() {
    wound.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending already, and waited for this.
      return;
    }
  }
}
