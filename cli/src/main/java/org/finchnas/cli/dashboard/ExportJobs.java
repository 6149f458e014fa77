package org.finchnas.cli.dashboard;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Exports that the page asked for, one after the other, each by a process of its own. */
final class ExportJobs implements AutoCloseable {

  private static final String FORMATS = "onnx,tflite,coreml";

  private final Path run;
  private final FinchCommand finch;
  private final Map<Integer, Job> jobs = new ConcurrentHashMap<>();
  private final ExecutorService worker = Executors.newSingleThreadExecutor(ExportJobs::daemon);

  /** Not final: the one that runs. */
  private volatile @Nullable Process process;

  /**
   * @param state {@code running}, {@code done} or {@code failed}
   * @param message the last words of one that failed
   */
  private record Job(String state, String message) {}

  ExportJobs(Path run, FinchCommand finch) {
    this.run = run;
    this.finch = finch;
  }

  /**
   * Begins, unless it is under way.
   *
   * @param folder name of the folder in {@code models/}
   */
  Answer begin(int number, String folder) {
    Job job = jobs.get(number);
    if (job == null || !job.state().equals("running")) {
      jobs.put(number, new Job("running", ""));
      Future<?> unused = worker.submit(() -> jobs.put(number, export(number, folder)));
    }
    return Answer.text(Answer.ACCEPTED, "It is exported as %s.".formatted(FORMATS));
  }

  private Job export(int number, String folder) {
    try {
      Path out = Files.createDirectories(run.resolve("models").resolve(folder));
      Process export =
          finch
              .of("export", run + "#" + number, "--format", FORMATS, "--out", out.toString())
              .redirectErrorStream(true)
              .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
              .start();
      process = export;
      String said = new String(export.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      boolean done = export.waitFor() == 0;
      return new Job(done ? "done" : "failed", done ? "" : lastLine(said));
    } catch (IOException e) {
      return new Job("failed", String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Job("failed", "The dashboard was closed.");
    }
  }

  private static String lastLine(String said) {
    List<String> lines = said.lines().filter(line -> !line.isBlank()).toList();
    return lines.isEmpty() ? "It said nothing." : lines.get(lines.size() - 1);
  }

  /** Empty if none was asked for. */
  Map<String, Object> json(int number) {
    Map<String, Object> json = new LinkedHashMap<>();
    Job job = jobs.get(number);
    if (job != null) {
      json.put("state", job.state());
      json.put("message", job.message());
    }
    return json;
  }

  private static Thread daemon(Runnable runnable) {
    Thread thread = new Thread(runnable, "export");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void close() {
    worker.shutdownNow();
    Process running = process;
    if (running != null) {
      running.destroy();
    }
  }
}
