package org.finchnas.benchmarks.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A process of the finch command that is killed and started again, over and over. */
final class Node {

  private final String name;
  private final Supplier<ProcessBuilder> command;
  private final Path log;

  // Guarded by this object: a shutdown hook ends what runs.
  private @Nullable Process process;
  private boolean killed;
  private boolean retired;

  /**
   * @param command what to start, asked for anew each time
   * @param log takes all that its processes say
   */
  Node(String name, Supplier<ProcessBuilder> command, Path log) {
    this.name = name;
    this.command = command;
    this.log = log;
  }

  String name() {
    return name;
  }

  Path log() {
    return log;
  }

  synchronized void start() {
    if (retired) {
      return;
    }
    try {
      Files.createDirectories(log.resolveSibling(""));
      ProcessBuilder builder = command.get().redirectErrorStream(true);
      builder.redirectInput(Redirect.from(Path.of("/dev/null").toFile()));
      process = builder.redirectOutput(Redirect.appendTo(log.toFile())).start();
      killed = false;
    } catch (IOException e) {
      throw new UncheckedIOException("%s cannot be started.".formatted(name), e);
    }
  }

  synchronized boolean isAlive() {
    return process != null && process.isAlive();
  }

  /** Whether it is over without having been killed. */
  synchronized boolean hasEnded() {
    return process != null && !process.isAlive() && !killed;
  }

  synchronized int exitCode() {
    return running().exitValue();
  }

  /** That of the last process. */
  synchronized long pid() {
    return running().pid();
  }

  private Process running() {
    Process started = process;
    if (started == null) {
      throw new IllegalStateException(name + " was never started.");
    }
    return started;
  }

  /** Its process and those that it started, it first. */
  synchronized ProcessHandle handle() {
    return running().toHandle();
  }

  /** The slot processes that run now. */
  synchronized List<ProcessHandle> slots() {
    return isAlive() ? running().children().toList() : List.of();
  }

  /** Signal 9, for it alone. */
  synchronized void kill() {
    killed = true;
    running().destroyForcibly().onExit().join();
  }

  /** Ends it for good, and its slots, which a paused one would not do by itself. */
  synchronized void retire() {
    retired = true;
    if (process != null) {
      List<ProcessHandle> slots = process.descendants().toList();
      process.destroyForcibly().onExit().join();
      slots.forEach(ProcessHandle::destroyForcibly);
    }
  }
}
