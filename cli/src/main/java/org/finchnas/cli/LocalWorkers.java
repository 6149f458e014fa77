package org.finchnas.cli;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.finchnas.coordinator.SearchInputException;
import org.finchnas.coordinator.ignite.Endpoint;
import org.finchnas.worker.cuda.CudaDevices;

/**
 * Workers on this machine, each a process that ends when this one does, however it does. One that
 * dies is started again.
 */
final class LocalWorkers implements AutoCloseable {

  private static final int TAIL_LINES = 8;
  private static final long PATIENCE_SECONDS = 10;

  /** A worker that dies at once, again and again, must not keep the machine busy with it. */
  private static final long PAUSE_MILLIS = 2000;

  /** A worker that ends so soon after its start did no work worth speaking of. */
  private static final long QUICK_NANOS = TimeUnit.SECONDS.toNanos(60);

  private static final int MOST_QUICK_ENDS = 5;

  private final Executor later =
      CompletableFuture.delayedExecutor(PAUSE_MILLIS, TimeUnit.MILLISECONDS);

  private final Endpoint endpoint;
  private final String token;
  private final Path folder;
  private final List<List<String>> gpus;
  private final int slots;
  private final Path dataDirectory;
  private final Consumer<String> warn;

  // Guarded by this object.
  private final List<Process> running = new ArrayList<>();
  private final Map<Integer, Integer> quickEnds = new HashMap<>();
  private int endedForGood;
  private boolean closed;

  /**
   * @param gpus those of each worker; none for the CPU
   * @param warn told of each worker that is given up
   */
  LocalWorkers(
      Endpoint endpoint,
      String token,
      Path folder,
      List<List<String>> gpus,
      int slots,
      Path dataDirectory,
      Consumer<String> warn) {
    this.endpoint = endpoint;
    this.token = token;
    this.folder = folder;
    this.gpus = List.copyOf(gpus);
    this.slots = slots;
    this.dataDirectory = dataDirectory;
    this.warn = warn;
  }

  /**
   * @param deserted told why if all workers ended for good
   */
  void start(Consumer<RuntimeException> deserted) {
    for (int i = 1; i <= gpus.size(); i++) {
      start(i, deserted);
    }
  }

  private void start(int number, Consumer<RuntimeException> deserted) {
    try {
      launch(number, deserted);
    } catch (IOException e) {
      giveUp(number, "It cannot be started: " + e.getMessage(), deserted);
    }
  }

  private synchronized void launch(int number, Consumer<RuntimeException> deserted)
      throws IOException {
    if (closed) {
      return;
    }
    Process process = command(number).start();
    long startNanos = System.nanoTime();
    running.add(process);
    CompletableFuture<?> unused =
        process
            .onExit()
            .thenAcceptAsync(ended -> restart(ended, startNanos, number, deserted), later);
  }

  private void restart(
      Process ended, long startNanos, int number, Consumer<RuntimeException> deserted) {
    if (isHopeless(ended, startNanos, number)) {
      giveUp(number, "Its last words:\n" + tail(log(number)), deserted);
    } else {
      start(number, deserted);
    }
  }

  /** Bad input stays bad, and so does what ends every time at once; all else may pass. */
  private synchronized boolean isHopeless(Process ended, long startNanos, int number) {
    running.remove(ended);
    boolean quick = System.nanoTime() - startNanos < QUICK_NANOS;
    int inRow = quick ? quickEnds.getOrDefault(number, 0) + 1 : 0;
    quickEnds.put(number, inRow);
    return ended.exitValue() == Finch.BAD_INPUT || inRow == MOST_QUICK_ENDS;
  }

  /** Tells it outside the lock: who is told may close this. */
  private void giveUp(int number, String why, Consumer<RuntimeException> deserted) {
    boolean last;
    synchronized (this) {
      endedForGood++;
      if (closed) {
        return;
      }
      last = endedForGood == gpus.size();
    }
    String gone = "Worker local-%d ended for good (%s). %s".formatted(number, log(number), why);
    if (last) {
      deserted.accept(new SearchInputException("No worker could take part. " + gone));
    } else {
      warn.accept(gone);
    }
  }

  private Path log(int number) {
    return folder.resolve("worker-%d.log".formatted(number));
  }

  private static String tail(Path log) {
    try {
      List<String> lines = Files.readAllLines(log);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
    } catch (IOException e) {
      return "(it cannot be read: %s)".formatted(e.getMessage());
    }
  }

  private ProcessBuilder command(int number) {
    List<String> ours = gpus.get(number - 1);
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
            "--backend",
            ours.isEmpty() ? "cpu" : "cuda",
            WorkerCommand.WITH_OWNER));
    command.addAll(List.of("--data-dir", dataDirectory.toAbsolutePath().toString()));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put(SecurityOptions.TOKEN_VARIABLE, token);
    if (!ours.isEmpty()) {
      builder.environment().put(CudaDevices.VARIABLE, String.join(",", ours));
    }
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log(number).toFile()));
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
