package org.finchnas.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import org.finchnas.coordinator.SearchListener;
import org.finchnas.coordinator.ToldEvaluation;
import org.finchnas.evaluation.Evaluation;
import org.finchnas.evaluation.Evaluation.Completed;
import org.finchnas.evaluation.Objective;
import org.finchnas.evaluation.Rungs;

/**
 * One line that tells best accuracy (on the highest rung reached), evaluations, candidates a minute
 * and time left: rewritten in place on a terminal, otherwise a new line for each tenth of the
 * search.
 */
final class ProgressLine implements SearchListener {

  private static final int BAR = 24;

  private final PrintWriter out;
  private final boolean terminal;
  private final int evaluations;
  private final Rungs rungs;
  private final long startNanos = System.nanoTime();
  private int told;
  private int replayed;
  private int finished;
  private int failed;
  private int bestNumber = -1;
  private int bestRung;
  private double best;
  private int lastTenth;

  ProgressLine(PrintWriter out, boolean terminal, int evaluations, Rungs rungs) {
    this.rungs = rungs;
    this.out = out;
    this.terminal = terminal;
    this.evaluations = evaluations;
  }

  @Override
  public synchronized void finished(Evaluation evaluation) {
    finished++;
    see(evaluation);
    print(false);
  }

  @Override
  public synchronized void told(ToldEvaluation evaluation) {
    told++;
    failed += evaluation.evaluation() instanceof Evaluation.Failed ? 1 : 0;
    print(false);
  }

  @Override
  public synchronized void replayed(ToldEvaluation evaluation) {
    told++;
    replayed++;
    failed += evaluation.evaluation() instanceof Evaluation.Failed ? 1 : 0;
    see(evaluation.evaluation());
  }

  /** Leaves the line as it stands and goes on below it. */
  synchronized void end() {
    if (terminal) {
      print(true);
      out.println();
    }
    out.flush();
  }

  private void see(Evaluation evaluation) {
    if (evaluation instanceof Completed completed) {
      double accuracy = completed.score(Objective.VALIDATION_ACCURACY);
      int rung = rungs.indexOf(completed.candidate().fidelity());
      if (bestNumber < 0 || rung > bestRung || (rung == bestRung && accuracy > best)) {
        bestRung = rung;
        best = accuracy;
        bestNumber = completed.candidate().number();
      }
    }
  }

  private void print(boolean last) {
    if (terminal) {
      out.print("\r\u001b[K" + line());
      out.flush();
      return;
    }
    int tenth = told * 10 / evaluations;
    if (tenth > lastTenth && !last) {
      lastTenth = tenth;
      out.println(line());
      out.flush();
    }
  }

  private String line() {
    int filled = Math.min(BAR, told * BAR / evaluations);
    String bar = "█".repeat(filled) + "░".repeat(BAR - filled);
    Duration elapsed = Duration.ofNanos(System.nanoTime() - startNanos);
    double perMinute = finished / Math.max(1e-3, elapsed.toMillis() / 60_000.0);
    StringBuilder line = new StringBuilder();
    line.append("%s %d/%d".formatted(bar, told, evaluations));
    if (bestNumber >= 0) {
      line.append(" · best %s (#%d)".formatted(Quantity.percent(best), bestNumber));
    }
    if (failed > 0) {
      line.append(" · %d failed".formatted(failed));
    }
    line.append(String.format(Locale.ROOT, " · %.1f candidates/min", perMinute));
    if (finished > 0) {
      int open = told == evaluations ? 0 : evaluations - replayed - finished;
      Duration left = elapsed.multipliedBy(Math.max(0, open)).dividedBy(finished);
      line.append(" · %s left".formatted(Quantity.duration(left)));
    }
    return line.toString();
  }
}
