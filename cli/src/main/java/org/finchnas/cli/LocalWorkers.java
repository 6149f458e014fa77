package org.finchnas.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.finchnas.coordinator.ignite.Endpoint;
import org.jspecify.annotations.Nullable;

/**
 * Workers on this machine, each a process that ends when this one does, however it does. One that
 * dies is started again.
 */
final class LocalWorkers implements AutoCloseable {

  private static final long PATIENCE_SECONDS = 10;

  /** A worker that dies at once, again and again, must not keep the machine busy with it. */
  private static final long PAUSE_MILLIS = 2000;

  private final Executor later =
      CompletableFuture.delayedExecutor(PAUSE_MILLIS, TimeUnit.MILLISECONDS);

  private final Endpoint endpoint;
  private final String token;
  private final Path folder;
  private final int count;
  private final int slots;
  private final @Nullable Path dataDirectory;

  // Guarded by this object.
  private final List<Process> running = new ArrayList<>();
  private boolean closed;

  LocalWorkers(
      Endpoint endpoint,
      String token,
      Path folder,
      int count,
      int slots,
      @Nullable Path dataDirectory) {
    this.endpoint = endpoint;
    this.token = token;
    this.folder = folder;
    this.count = count;
    this.slots = slots;
    this.dataDirectory = dataDirectory;
  }

  void start() {
    for (int i = 1; i <= count; i++) {
      start(i);
    }
  }

  private synchronized void start(int number) {
    if (closed) {
      return;
    }
    try {
      Process process = command(number).start();
      running.add(process);
      CompletableFuture<?> unused =
          process.onExit().thenAcceptAsync(ended -> restart(ended, number), later);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Bad input stays bad; all else may pass. */
  private void restart(Process ended, int number) {
    synchronized (this) {
      running.remove(ended);
    }
    if (ended.exitValue() != Finch.BAD_INPUT) {
      start(number);
    }
  }

  private ProcessBuilder command(int number) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            Finch.class.getName(),
            "worker",
            "--join",
            endpoint.toString(),
            "--name",
            "local-" + number,
            "--slots",
            Integer.toString(slots),
            "--dir",
            folder.resolve("worker-" + number).toString(),
            "--drain",
            "0",
            WorkerCommand.WITH_OWNER));
    if (dataDirectory != null) {
      command.addAll(List.of("--data-dir", dataDirectory.toAbsolutePath().toString()));
    }
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put(SecurityOptions.TOKEN_VARIABLE, token);
    builder.redirectErrorStream(true);
    builder.redirectOutput(
        ProcessBuilder.Redirect.appendTo(
            folder.resolve("worker-%d.log".formatted(number)).toFile()));
    return builder;
  }

  @Override
  public void close() {
    List<Process> last;
    synchronized (this) {
      closed = true;
      last = List.copyOf(running);
    }
    last.forEach(Process::destroy);
    for (Process process : last) {
      try {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
          process.destroyForcibly();
        }
      } catch (InterruptedException e) {
        process.destroyForcibly();
        Thread.currentThread().interrupt();
      }
    }
  }
}
