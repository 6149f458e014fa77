package org.finchnas.benchmarks.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.finchnas.benchmarks.Scratch;

/**
 * Whether a cluster's search loses or doubles anything, or finds anything else, when processes are
 * killed, networks cut and processes stopped at random moments. A search without a cluster and in
 * peace says what must come out.
 *
 * <p>Exit code 0 if it is so, 1 if not, 3 if not everything could be tried.
 */
public final class ChaosBenchmark {

  private static final int WORKERS = 3;

  /** Of so many kills one is in searches where only workers are killed. */
  private static final int WORKERS_ALONE = 10;

  private static final int FAILED = 1;
  private static final int INCOMPLETE = 3;

  private final ChaosOptions options;
  private final FinchCommand finch;
  private final Path folder;
  private final Random random;
  private final long startNanos = System.nanoTime();
  private final Kills lone = Kills.ofWorkersAlone();
  private final Kills kills = Kills.ofAll();
  private final Stops stops = new Stops();
  private int cuts;
  private Optional<String> obstacle = Optional.empty();

  private ChaosBenchmark(ChaosOptions options, FinchCommand finch, Path folder) {
    this.options = options;
    this.finch = finch;
    this.folder = folder;
    this.random = new Random(options.seed());
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    ChaosOptions options = ChaosOptions.of(arguments);
    Path scratch = Files.createDirectories(Scratch.directory("chaos"));
    Path folder = Files.createTempDirectory(scratch, "seed-" + options.seed() + "-");
    Path home = Path.of(System.getProperty("finch.home", ".")).toAbsolutePath();
    FinchCommand finch = new FinchCommand(home, folder.resolve("cache"));
    System.exit(new ChaosBenchmark(options, finch, folder).run());
  }

  private int run() throws InterruptedException {
    say("seed %d, all files in %s", options.seed(), folder);
    Path config = Path.of(System.getProperty("finch.configs"), "chaos.yaml");
    Siege siege =
        Siege.prepare(
            new Setup(finch, config, List.of(), WORKERS), folder, line -> say("%s", line));
    int ofWorkersAlone = options.kills() / WORKERS_ALONE;
    siege.run("kills-of-workers", Loopback.free(), lone, ofWorkersAlone, random);
    siege.run("kills", Loopback.free(), kills, options.kills() - ofWorkersAlone, random);
    if (options.cuts() > 0) {
      cut(siege);
    }
    siege.run("stops", Loopback.free(), stops, options.stops(), random);
    ChaosReport report =
        new ChaosReport(options, kindsKilled(), cuts, stops, siege.tally(), elapsed(), obstacle);
    System.out.println(options.json() ? report.json() : report.table());
    if (!siege.tally().isFlawless()) {
      return FAILED;
    }
    return obstacle.isPresent() ? INCOMPLETE : 0;
  }

  private Map<Victim, Integer> kindsKilled() {
    Map<Victim, Integer> counts = new EnumMap<>(Victim.class);
    for (Victim victim : Victim.values()) {
      counts.put(victim, lone.count(victim) + kills.count(victim));
    }
    return counts;
  }

  private void cut(Siege siege) throws InterruptedException {
    obstacle = Namespaces.obstacle();
    if (obstacle.isPresent()) {
      say("Networks cannot be cut here: %s", obstacle.get());
      return;
    }
    try (Namespaces network = Namespaces.make(WORKERS, keys());
        Hook hook = Hook.of(network::close)) {
      Cuts disturbance = new Cuts(network);
      siege.run("cuts", network, disturbance, options.cuts(), random);
      cuts = disturbance.count();
    }
  }

  private Path keys() {
    Path keys = folder.resolve("keys");
    List<String> arguments = new ArrayList<>(List.of("cluster", "keys", "--out", keys.toString()));
    Namespaces.hosts(WORKERS).forEach(host -> arguments.addAll(List.of("--host", host)));
    Shell.run(finch.processBuilder(List.of(), arguments).command().toArray(String[]::new));
    return keys;
  }

  private Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - startNanos);
  }

  private void say(String format, Object... values) {
    String line = format.formatted(values);
    System.err.printf(Locale.ROOT, "%6.1f s  %s%n", elapsed().toMillis() / 1e3, line);
  }
}
