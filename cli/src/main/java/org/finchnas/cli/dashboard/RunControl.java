package org.finchnas.cli.dashboard;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.finchnas.cli.view.Workers;
import org.finchnas.coordinator.run.PauseMark;
import org.finchnas.coordinator.run.RunTail;

/**
 * Pauses, stops and resumes the search of a run. A pause lets what is in training finish and keeps
 * the process; a stop ends the process, and resuming starts another.
 */
final class RunControl {

  private static final int TERMINATED = 128 + 15;

  private final RunTail run;
  private final FinchCommand finch;
  private final Runnable stopOwn;
  private final Consumer<String> trouble;

  /** Not final: the search that this started last. Guarded by this object. */
  private Optional<Process> started = Optional.empty();

  /**
   * @param stopOwn stops the search of this process
   * @param trouble is told why a search that was started again could not go on
   */
  RunControl(RunTail run, FinchCommand finch, Runnable stopOwn, Consumer<String> trouble) {
    this.run = run;
    this.finch = finch;
    this.stopOwn = stopOwn;
    this.trouble = trouble;
  }

  /** What was done, or why nothing can be. */
  synchronized Answer perform(String action) {
    try {
      return switch (action) {
        case "pause" -> pause();
        case "resume" -> resume();
        case "stop" -> stop();
        default -> Answer.text(Answer.NOT_FOUND, "A run can pause, resume and stop.");
      };
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Answer pause() {
    if (run.process().isEmpty()) {
      return Answer.text(Answer.CONFLICT, "Nothing works on the run: there is nothing to pause.");
    }
    new PauseMark(run.path()).set();
    return Answer.text(Answer.ACCEPTED, "What is in training is finished; then it waits.");
  }

  private Answer resume() throws IOException {
    PauseMark mark = new PauseMark(run.path());
    boolean paused = mark.isSet();
    if (run.process().isPresent()) {
      mark.clear();
      return Answer.text(Answer.ACCEPTED, paused ? "It goes on." : "It is running.");
    }
    if (new Workers(run.path()).isCluster()) {
      return Answer.text(
          Answer.CONFLICT,
          "A cluster worked on this run, and its addresses and keys are not kept: resume it from a"
              + " terminal, with finch resume and the options of the cluster.");
    }
    if (started.filter(Process::isAlive).isEmpty()) {
      mark.clear();
      started = Optional.of(start());
    }
    return Answer.text(Answer.ACCEPTED, "It is started again.");
  }

  private Process start() throws IOException {
    Path log = run.path().resolve("slots").resolve("resume.log");
    Process search =
        finch
            .of("resume", run.path().toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.to(log.toFile()))
            .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
            .start();
    trouble.accept("");
    CompletableFuture<?> unused = search.onExit().thenAccept(ended -> tell(ended, log));
    return search;
  }

  private void tell(Process ended, Path log) {
    // One that was stopped says so itself.
    if (ended.exitValue() != 0 && ended.exitValue() != TERMINATED) {
      trouble.accept("finch resume ended with %d. %s".formatted(ended.exitValue(), lastLine(log)));
    }
  }

  private static String lastLine(Path log) {
    try {
      List<String> lines = Files.readAllLines(log);
      return lines.isEmpty() ? "It said nothing." : lines.get(lines.size() - 1);
    } catch (IOException e) {
      return "What it said is in %s.".formatted(log);
    }
  }

  private Answer stop() throws IOException {
    Optional<String> pid = run.process();
    if (pid.isEmpty()) {
      return Answer.text(Answer.CONFLICT, "Nothing works on the run: there is nothing to stop.");
    }
    if (pid.get().equals(Long.toString(ProcessHandle.current().pid()))) {
      stopOwn.run();
      return stopping();
    }
    Optional<ProcessHandle> process = search(pid.get());
    if (process.isEmpty() || !process.get().destroy()) {
      return Answer.text(
          Answer.CONFLICT,
          "Process %s works on the run, and it is no finch of this machine and user: stop it where it runs."
              .formatted(pid.get()));
    }
    return stopping();
  }

  private static Answer stopping() {
    return Answer.text(Answer.ACCEPTED, "It stops, and can be resumed.");
  }

  /**
   * The process of that number, if it is a search: on another machine that shares the folder, or in
   * another container, the number may be that of anything here.
   */
  private static Optional<ProcessHandle> search(String pid) throws IOException {
    if (!pid.matches("\\d{1,10}")) {
      return Optional.empty();
    }
    Optional<ProcessHandle> process = ProcessHandle.of(Long.parseLong(pid));
    return process.isPresent() && isFinch(process.get()) ? process : Optional.empty();
  }

  private static boolean isFinch(ProcessHandle process) throws IOException {
    // Java's own answer leaves out what is longer than a page of memory.
    Path words = Path.of("/proc", Long.toString(process.pid()), "cmdline");
    String command =
        Files.isReadable(words)
            ? Files.readString(words, StandardCharsets.ISO_8859_1)
            : process.info().commandLine().orElse("");
    return command.contains("org.finchnas.");
  }
}
