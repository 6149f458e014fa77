package org.finchnas.benchmarks.cluster;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The parts of the benchmark, each a process of its own: its coordinator. */
enum Part {
  OVERHEAD(new OverheadPart(), "64 slots in 8 worker processes, trainings of about a second"),
  WORKERS(new WorkersPart(), "worker processes with an Ignite client each"),
  PROTOCOL(new ProtocolPart(), "1000 workers over plain sockets instead of Ignite"),
  START(new StartPart(), "finch worker --join, from its start to its first training"),
  TLS(new TlsPart(), "mutual TLS beside plain connections");

  /** Measures. */
  interface Measurement {
    List<Figure> measure(BenchmarkOptions options) throws Exception;
  }

  @SuppressWarnings("ImmutableEnumChecker") // measurements have no state
  private final Measurement measurement;

  private final String title;

  Part(Measurement measurement, String title) {
    this.measurement = measurement;
    this.title = title;
  }

  static Part named(String name) {
    return Arrays.stream(values())
        .filter(part -> part.word().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "There is no part %s. There are %s."
                        .formatted(
                            name,
                            Arrays.stream(values())
                                .map(Part::word)
                                .collect(Collectors.joining(", ")))));
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  String title() {
    return title;
  }

  List<Figure> measure(BenchmarkOptions options) throws Exception {
    return measurement.measure(options);
  }
}
