package org.finchnas.benchmarks.fidelity;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.finchnas.coordinator.RungSummary;
import org.finchnas.coordinator.ToldEvaluation;
import org.finchnas.coordinator.config.SearchConfig;
import org.finchnas.coordinator.config.SearchConfigReader;
import org.finchnas.evaluation.Evaluation.Completed;
import org.finchnas.evaluation.Hypervolume;
import org.finchnas.evaluation.Objective;

/**
 * Images that a search with rungs, inherited weights and selection for the front trains to reach
 * the hypervolume that plain aging evolution (one fidelity, fresh weights, selection by accuracy)
 * has after 100 candidates: validation accuracy at full fidelity against MACs, measured from 10 %
 * and the MACs of the space's largest network. Real searches in slot processes, a pair for each
 * seed; a killed benchmark goes on where it stopped.
 */
public final class MultiFidelityBenchmark {

  private static final double CHANCE = 0.1;
  private static final double[] SHARES = {1 / 16.0, 1 / 8.0, 1 / 4.0, 1 / 2.0};

  private final BenchmarkOptions options;

  private MultiFidelityBenchmark(BenchmarkOptions options) {
    this.options = options;
  }

  public static void main(String[] arguments) {
    new MultiFidelityBenchmark(BenchmarkOptions.of(arguments)).run();
  }

  private void run() {
    List<Double> ratios = new ArrayList<>();
    for (int seed = 1; seed <= options.seeds(); seed++) {
      ratios.add(pair(seed));
    }
    double mean = ratios.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
    say("mean of %d seeds: %.3f of the plain search's images", ratios.size(), mean);
  }

  /** Images of the search with rungs over those of the plain one; infinite if it fell short. */
  private double pair(int seed) {
    SearchRun plain =
        search(
            "plain",
            seed,
            "strategy.kind=aging-evolution",
            "rungs.lower=[]",
            "strategy.inheritWeights=false",
            "strategy.selection=first-objective");
    SearchRun rungs = search("rungs", seed);
    Hypervolume measure = measure(plain);
    List<ToldEvaluation> toldPlain = plain.told(told -> false);
    Gain gainPlain = gain(plain.config(), measure, toldPlain);
    double images = gainPlain.last().images() * options.share();
    double target = gainPlain.last().hypervolume();
    List<ToldEvaluation> toldRungs =
        rungs.told(told -> isOver(gain(rungs.config(), measure, told).last(), target, images));
    Gain gainRungs = gain(rungs.config(), measure, toldRungs);
    describe(seed, measure, gainPlain, gainRungs);
    agreement(toldRungs, rungs.config());
    Optional<Gain.Point> reached = gainRungs.reaching(gainPlain.last().hypervolume());
    if (options.retrain()) {
      retrain("plain", plain, toldPlain, gainPlain.last(), measure);
      retrain("rungs", rungs, toldRungs, reached.orElse(gainRungs.last()), measure);
    }
    return reached
        .map(point -> (double) point.images() / gainPlain.last().images())
        .orElse(Double.POSITIVE_INFINITY);
  }

  /** Whether it has what it is to reach, or has trained too many images for it. */
  private static boolean isOver(Gain.Point last, double target, double images) {
    return last.hypervolume() >= target || last.images() >= images;
  }

  private SearchRun search(String kind, int seed, String... settings) {
    String name = kind + "-" + seed;
    List<String> all = new ArrayList<>(options.with(settings));
    all.add("name=" + name);
    all.add("seed=" + seed);
    if (kind.equals("plain")) {
      all.add("budget.evaluations=" + options.candidates());
    }
    SearchConfig config = SearchConfigReader.read(options.config(), all);
    return new SearchRun(
        config,
        // Of other settings are other runs.
        options.runs().resolve(name + "-" + config.digest().substring(0, 8)),
        options.data(),
        options.runs().resolve("cache"));
  }

  private static Hypervolume measure(SearchRun run) {
    SearchConfig config = run.config();
    double largest =
        new LargestMacs(config.space().forImages(config.data().image()), run.costs()).find();
    return new Hypervolume(
        List.of(Objective.VALIDATION_ACCURACY, Objective.MACS), List.of(CHANCE, largest));
  }

  private static Gain gain(SearchConfig config, Hypervolume measure, List<ToldEvaluation> told) {
    return new Gain(measure, config.fidelity(), config.fidelity().trainImages()).addAll(told);
  }

  private void describe(int seed, Hypervolume measure, Gain plain, Gain rungs) {
    double target = plain.last().hypervolume();
    // Accuracy 100 % at no cost.
    double whole = (1 - CHANCE) * measure.referencePoint().get(1);
    say(
        "seed %d: plain, %d candidates: %d images, hypervolume %.4f (of accuracy 1 at 0 of %.0f MACs), first had after %d images",
        seed,
        plain.last().evaluations(),
        plain.last().images(),
        target / whole,
        measure.referencePoint().get(1),
        plain.reaching(target).map(Gain.Point::images).orElse(0L));
    say(
        "seed %d: rungs: %s",
        seed,
        rungs
            .reaching(target)
            .map(
                point ->
                    "reaches it at %d images (%d evaluations): %s of plain"
                        .formatted(
                            point.images(),
                            point.evaluations(),
                            format("%.3f", (double) point.images() / plain.last().images())))
            .orElse(
                "does not reach it in %d images, %d evaluations"
                    .formatted(rungs.last().images(), rungs.last().evaluations())));
    StringBuilder shares = new StringBuilder();
    for (double share : SHARES) {
      double images = share * plain.last().images();
      if (images > rungs.last().images()) {
        break;
      }
      shares.append(
          format(
              "  after 1/%.0f: plain %.3f, rungs %.3f",
              1 / share, plain.after(images) / target, rungs.after(images) / target));
    }
    say("seed %d: of that hypervolume%s", seed, shares);
  }

  private static void agreement(List<ToldEvaluation> told, SearchConfig config) {
    RungSummary summary = RungSummary.of(told, config.rungs());
    summary
        .rungs()
        .forEach(
            rung ->
                say(
                    "  rung of %d epochs: %d evaluations, %d trained",
                    rung.fidelity().epochs(), rung.told(), rung.completed()));
    double inherited =
        told.stream()
            .map(ToldEvaluation::evaluation)
            .filter(each -> each instanceof Completed && each.candidate().parent() != null)
            .mapToDouble(each -> ((Completed) each).inheritedShare())
            .average()
            .orElse(0);
    say(
        "  lowest rung with highest: Kendall tau %.2f of %d candidates; children inherit %.2f of their params",
        summary.agreement().kendallTau(), summary.agreement().count(), inherited);
  }

  private static void retrain(
      String name, SearchRun run, List<ToldEvaluation> told, Gain.Point at, Hypervolume measure) {
    Retraining retraining =
        Retraining.of(run, told, at.evaluations(), run.config().fidelity(), measure);
    say(
        "  %s: front of %d, mean accuracy %.4f in the search, %.4f trained afresh; hypervolume of the latter over that of the search %.3f",
        name,
        retraining.networks(),
        retraining.before(),
        retraining.after(),
        retraining.hypervolume() / at.hypervolume());
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  private static void say(String format, Object... values) {
    System.out.println(format(format, values));
  }
}
