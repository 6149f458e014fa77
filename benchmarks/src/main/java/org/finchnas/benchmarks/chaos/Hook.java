package org.finchnas.benchmarks.chaos;

/** Something to be done at the end of a block, and also if the process is told to end in it. */
final class Hook implements AutoCloseable {

  private final Runnable action;
  private final Thread thread;

  private Hook(Runnable action) {
    this.action = action;
    this.thread = new Thread(action, "clean-up");
  }

  static Hook of(Runnable action) {
    Hook hook = new Hook(action);
    Runtime.getRuntime().addShutdownHook(hook.thread);
    return hook;
  }

  @Override
  public void close() {
    action.run();
    try {
      Runtime.getRuntime().removeShutdownHook(thread);
    } catch (IllegalStateException e) {
      // The process ends already, and the hook has run or will.
      return;
    }
  }
}
