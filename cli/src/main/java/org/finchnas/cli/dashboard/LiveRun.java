package org.finchnas.cli.dashboard;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.finchnas.cli.view.RunStatus;
import org.finchnas.cli.view.RunView;
import org.finchnas.coordinator.ToldEvaluation;
import org.finchnas.coordinator.run.RecordedRun;
import org.finchnas.coordinator.run.RunException;
import org.finchnas.coordinator.run.RunTail;
import org.jspecify.annotations.Nullable;

/** A run in memory, kept up to date by looking at its folder a few times a second. */
final class LiveRun implements AutoCloseable {

  private static final int LOOK_MILLIS = 200;

  /** Baselines come rarely, and each look reads their files. */
  private static final int LOOKS_PER_BASELINES = 10;

  private final Path path;
  private final ScheduledExecutorService looker =
      Executors.newSingleThreadScheduledExecutor(LiveRun::daemon);

  // Used by the thread that looks alone, and before it starts.
  private RunTail tail;
  private List<ToldEvaluation> told;
  private List<String> lines = new ArrayList<>();
  private List<Map<String, Object>> baselines = List.of();
  private Map<String, Object> progress = Map.of();
  private int looks;

  /** Not final: shown while nothing works on the run. */
  private volatile String notice = "";

  /** Guarded by this object. */
  private Moment moment;

  /**
   * What there was at a moment.
   *
   * @param version goes up with every change
   * @param generation goes up when the log was read anew, and pages must be, too
   * @param lines of the evaluations told, each a JSON object
   * @param status what changes but by growing, as JSON
   */
  record Moment(long version, int generation, RunView view, List<String> lines, String status) {}

  private LiveRun(Path path) {
    this.path = path;
    this.tail = RunTail.of(path);
    this.told = new ArrayList<>(tail.next());
    RunView view = view();
    addLines(view, 0);
    refresh(view);
    this.moment = new Moment(0, 0, view, List.copyOf(lines), status(null));
  }

  /**
   * Reads the run and follows it.
   *
   * @throws RunException if there is none, or it is damaged
   */
  static LiveRun open(Path path) {
    LiveRun run = new LiveRun(path);
    ScheduledFuture<?> unused =
        run.looker.scheduleWithFixedDelay(
            run::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    return run;
  }

  synchronized Moment now() {
    return moment;
  }

  /** For Prometheus. */
  String metrics() {
    return now().view().metrics(RecordedRun.process(path));
  }

  /** What went wrong, until the next search of this run begins. */
  void tell(String trouble) {
    notice = trouble;
  }

  /** Waits until something changed since that version, at most so long. */
  synchronized Moment after(long version, Duration limit) throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    while (moment.version() == version) {
      long left = end - System.nanoTime();
      if (left <= 0) {
        break;
      }
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
    return moment;
  }

  private void look() {
    try {
      List<ToldEvaluation> more = tail.next();
      int before = told.size();
      told.addAll(more);
      RunView view = more.isEmpty() ? now().view() : view();
      addLines(view, before);
      if (!more.isEmpty() || ++looks % LOOKS_PER_BASELINES == 0) {
        refresh(view());
      }
      publish(now().generation(), view, status(null));
    } catch (RunException e) {
      startAnew(e);
    } catch (RuntimeException e) {
      publish(now().generation(), now().view(), status(String.valueOf(e.getMessage())));
    }
  }

  /** After the log was cut; while it is damaged, what was read before stays. */
  private void startAnew(RunException cause) {
    try {
      RunTail fresh = RunTail.of(path);
      List<ToldEvaluation> all = new ArrayList<>(fresh.next());
      tail = fresh;
      told = all;
      lines = new ArrayList<>();
      RunView view = view();
      addLines(view, 0);
      refresh(view);
      publish(now().generation() + 1, view, status(null));
    } catch (RuntimeException e) {
      publish(now().generation(), now().view(), status(cause.getMessage()));
    }
  }

  private RunView view() {
    return new RunView(new RecordedRun(path, tail.config(), tail.provenance(), told));
  }

  private void addLines(RunView view, int from) {
    view.lines(from).forEach(line -> lines.add(Answer.write(line)));
  }

  private void refresh(RunView view) {
    baselines = view.baselines();
    progress = view.progress();
  }

  private String status(@Nullable String problem) {
    Map<String, Object> status =
        new LinkedHashMap<>(RunStatus.of(path, tail.config(), told, tail.process()));
    status.putAll(progress);
    status.put("baselines", baselines);
    String trouble = problem == null ? quiet(status.containsKey("process")) : problem;
    if (!trouble.isEmpty()) {
      status.put("problem", trouble);
    }
    return Answer.write(status);
  }

  /** A search that runs has left behind what went wrong before it. */
  private String quiet(boolean running) {
    return running ? "" : notice;
  }

  private synchronized void publish(int generation, RunView view, String status) {
    boolean same =
        generation == moment.generation()
            && lines.size() == moment.lines().size()
            && status.equals(moment.status());
    if (!same) {
      List<String> all = List.copyOf(lines);
      moment = new Moment(moment.version() + 1, generation, view, all, status);
      notifyAll();
    }
  }

  private static Thread daemon(Runnable runnable) {
    Thread thread = new Thread(runnable, "run-looker");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void close() {
    looker.shutdownNow();
  }
}
