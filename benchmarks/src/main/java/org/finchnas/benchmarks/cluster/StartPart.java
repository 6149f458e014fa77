package org.finchnas.benchmarks.cluster;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.function.ToDoubleFunction;
import org.finchnas.benchmarks.Medians;
import org.finchnas.benchmarks.PeerProcess;
import org.finchnas.benchmarks.Scratch;

/**
 * From the start of {@code finch worker --join} to its first training: the real commands, real
 * slots, a coordinator that waits already.
 */
final class StartPart implements Part.Measurement {

  private static final int PORT = 47640;
  private static final double MOST_SECONDS = 8;

  /**
   * Seconds since the worker was started.
   *
   * @param ran when the command had begun to work
   * @param joined when the coordinator had answered and the first slot process was started
   * @param ready when its slots were
   * @param took when it was given its first candidate
   */
  private record Round(double ran, double joined, double ready, double took) {}

  @Override
  public List<Figure> measure(BenchmarkOptions options) throws IOException, InterruptedException {
    List<Round> rounds = new ArrayList<>();
    int slots = options.count("--slots", 1);
    // The first builds what is not built, and makes the images.
    for (int i = -1; i < options.count("--rounds", 5); i++) {
      Round round = round(slots);
      if (i >= 0) {
        rounds.add(round);
      }
    }
    return List.of(
        Figure.atMost(
            MOST_SECONDS,
            "firstTrainingSeconds",
            "from the command to the first training, median, s",
            median(rounds, Round::took)),
        Figure.of(
            "slowestFirstTrainingSeconds",
            "  the slowest of %d rounds, s".formatted(rounds.size()),
            rounds.stream().mapToDouble(Round::took).max().orElseThrow()),
        Figure.of(
            "commandSeconds", "  of that until the command runs, s", median(rounds, Round::ran)),
        Figure.of(
            "joinSeconds",
            "  until it has joined and starts its slots, s",
            median(rounds, round -> round.joined() - round.ran())),
        Figure.of(
            "slotSeconds",
            "  until its slots are ready, s",
            median(rounds, round -> round.ready() - round.joined())),
        Figure.of(
            "firstOrderSeconds",
            "  until it is given a candidate, s",
            median(rounds, round -> round.took() - round.ready())));
  }

  private static double median(List<Round> rounds, ToDoubleFunction<Round> value) {
    return Medians.of(rounds.stream().mapToDouble(value).toArray());
  }

  private static Round round(int slots) throws IOException, InterruptedException {
    Path folder = Scratch.directory("cluster").resolve("start-" + UUID.randomUUID());
    Files.createDirectories(folder);
    Path config = Files.writeString(folder.resolve("search.yaml"), config());
    try (Command search =
        Command.finch(
            "search", config, "--run", folder.resolve("run"), "--cluster", "--port", PORT)) {
      search.await("Start workers");
      try (Command worker =
          Command.finch(
              "worker",
              "--join",
              "127.0.0.1:" + PORT,
              "--slots",
              slots,
              "--dir",
              folder.resolve("worker"),
              "--verbose")) {
        double ran = worker.await(" joins ");
        double joined = worker.awaitChild();
        double ready = worker.await(" ready: ");
        return new Round(ran, joined, ready, worker.await("takes train-"));
      }
    }
  }

  private static String config() {
    return """
        name: start
        data:
          set: %s
          image: %d
        space:
          operations: nasnet
          cellsPerStack: [1]
          initialFilters: [4]
        strategy:
          kind: random
        fidelity:
          epochs: 1
        budget:
          evaluations: 100
        """
        .formatted(Images.SET, Images.SIZE);
  }

  /** A running {@code finch}, and since when. */
  private record Command(Process process, BufferedReader output, long start)
      implements AutoCloseable {

    static Command finch(Object... words) throws IOException {
      List<String> command = new ArrayList<>(List.of(Home.file("finch").toString()));
      for (Object word : words) {
        command.add(word.toString());
      }
      ProcessBuilder builder =
          PeerProcess.withoutOurAllocator(new ProcessBuilder(command))
              .redirectError(ProcessBuilder.Redirect.INHERIT);
      builder.environment().put("FINCH_CACHE", Images.cache().toString());
      long start = System.nanoTime();
      Process process = builder.start();
      return new Command(
          process,
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)),
          start);
    }

    /** Waits for a line with a text; returns the seconds since the start. */
    double await(String text) throws IOException {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        if (line.contains(text)) {
          return seconds();
        }
      }
      throw new IllegalStateException("finch ended and never said \"%s\".".formatted(text));
    }

    /** Waits for a process that it starts; returns the seconds since the start. */
    double awaitChild() throws InterruptedException {
      while (process.isAlive() && process.children().findAny().isEmpty()) {
        Thread.sleep(5);
      }
      return seconds();
    }

    private double seconds() {
      return (System.nanoTime() - start) / 1e9;
    }

    @Override
    public void close() {
      List<ProcessHandle> children =
          process.descendants().sorted(Comparator.comparing(ProcessHandle::pid)).toList();
      process.destroyForcibly();
      children.forEach(ProcessHandle::destroyForcibly);
      process.onExit().join();
    }
  }
}
