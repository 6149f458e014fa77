package org.finchnas.benchmarks.cluster;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.function.ToDoubleFunction;
import org.finchnas.benchmarks.Medians;
import org.finchnas.benchmarks.Scratch;
import org.finchnas.coordinator.keys.KeyMaker;
import org.finchnas.coordinator.keys.KeyRequest;

/** The same cluster with plain connections and with mutual TLS, in turn. */
final class TlsPart implements Part.Measurement {

  private static final int PORT = 47630;

  /** The first round of both warms this process up. */
  private static final int WARM_UP_ROUNDS = 1;

  private static final int KEY_DAYS = 1;

  private record Round(double cpuMillis, RoundTrips.Times times) {}

  @Override
  public List<Figure> measure(BenchmarkOptions options)
      throws InterruptedException, ExecutionException, IOException {
    Overhead overhead =
        new Overhead(
            options.count("--workers", 4),
            options.count("--slots", 8),
            options.number("--mean-seconds", 0.5),
            options.count("--warm-up", 200),
            options.count("--evaluations", 600),
            options.order());
    String keys = keys();
    List<Round> plain = new ArrayList<>();
    List<Round> tls = new ArrayList<>();
    int rounds = WARM_UP_ROUNDS + options.count("--rounds", 3);
    for (int i = 0; i < rounds; i++) {
      plain.add(round(overhead, new Nodes(PORT, Nodes.PLAIN)));
      tls.add(round(overhead, new Nodes(PORT + 2, keys)));
    }
    double plainCpu = median(plain, Round::cpuMillis);
    double tlsCpu = median(tls, Round::cpuMillis);
    return List.of(
        Figure.of("plainCpuMillisPerEvaluation", "CPU time for an evaluation, plain, ms", plainCpu),
        Figure.of("tlsCpuMillisPerEvaluation", "CPU time for an evaluation, TLS, ms", tlsCpu),
        Figure.of("cpuRatio", "TLS over plain", tlsCpu / plainCpu),
        Figure.of(
            "plainCpuMillisPerMessage",
            "CPU time for a short message, plain, ms",
            median(plain, round -> round.times().cpu())),
        Figure.of(
            "tlsCpuMillisPerMessage",
            "CPU time for a short message, TLS, ms",
            median(tls, round -> round.times().cpu())),
        Figure.of(
            "plainRoundTripMillis",
            "round trip of a message, plain, median, ms",
            median(plain, round -> round.times().median())),
        Figure.of(
            "tlsRoundTripMillis",
            "round trip of a message, TLS, median, ms",
            median(tls, round -> round.times().median())),
        Figure.of(
            "plainRoundTripMillis99",
            "round trip of a message, plain, 99th percentile, ms",
            median(plain, round -> round.times().percentile99())),
        Figure.of(
            "tlsRoundTripMillis99",
            "round trip of a message, TLS, 99th percentile, ms",
            median(tls, round -> round.times().percentile99())));
  }

  private static Round round(Overhead overhead, Nodes nodes)
      throws InterruptedException, ExecutionException, IOException {
    double cpuMillis = overhead.measure("tls", nodes).usage().cpuMillisPerEvaluation();
    return new Round(cpuMillis, RoundTrips.measure(nodes));
  }

  private static double median(List<Round> rounds, ToDoubleFunction<Round> value) {
    return Medians.of(rounds.stream().skip(WARM_UP_ROUNDS).mapToDouble(value).toArray());
  }

  private static String keys() throws IOException {
    Path folder = Scratch.directory("cluster").resolve("keys-" + UUID.randomUUID());
    new KeyMaker(Clock.systemUTC(), new SecureRandom())
        .make(folder, new KeyRequest(List.of(), KEY_DAYS));
    return folder.toString();
  }
}
