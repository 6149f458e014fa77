package org.finchnas.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.finchnas.coordinator.ignite.Endpoint;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code --cluster} and how. */
final class ClusterOptions {

  /**
   * A cluster has more slots than the machine that searches: what is asked for ahead by default.
   */
  static final int DEFAULT_SLOTS = 16;

  private static final String LOOPBACK = "127.0.0.1";
  private static final String ANY = "0.0.0.0";

  @Option(
      names = "--cluster",
      description = "Have workers train (finch worker), on this and other machines.")
  private boolean cluster;

  @Option(
      names = "--bind",
      paramLabel = "HOST",
      defaultValue = LOOPBACK,
      description =
          "With --cluster: address to listen on; default ${DEFAULT-VALUE}, this machine only. 0.0.0.0 for all.")
  private String host = LOOPBACK;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "28460",
      description =
          "With --cluster: the port to listen on, and the next one; default ${DEFAULT-VALUE}.")
  private int port = Endpoint.DEFAULT_PORT;

  @Option(
      names = "--mixed",
      description =
          "With --cluster: let workers compute differently (CPUs and GPUs); the search then depends on who trained what.")
  private boolean mixed;

  @Mixin private final SecurityOptions security = new SecurityOptions();

  boolean isCluster() {
    return cluster;
  }

  /**
   * @throws InputException if something was said of a cluster that is none
   */
  void requireCluster() {
    boolean said = mixed || port != Endpoint.DEFAULT_PORT || !host.equals(LOOPBACK);
    if (!cluster && (said || security.isSaid())) {
      throw new InputException(
          "--bind, --port, --keys, --insecure and --mixed are about a cluster. Add --cluster, or leave them out.");
    }
  }

  /**
   * @throws InputException if it was said what trains, which is each worker's own affair
   */
  void requireNoBackend(BackendOption backend) {
    if (cluster && backend.isSaid()) {
      throw new InputException(
          "With --cluster workers train, each on what it has. Give --backend to `finch worker`.");
    }
  }

  /** Whoever sets slots for a cluster expects them to be used. */
  void warnOfSlots(int slots, Output output) {
    if (slots != DEFAULT_SLOTS) {
      output.warn(
          "execution.slots (%d) starts no slots with --cluster: each worker has its own (finch worker --slots). Here it only sets the default of execution.lag.",
          slots);
    }
  }

  /** Who trains. */
  Crew crew(SearchParts parts, Output output) {
    if (!cluster) {
      return new SlotsHere(parts, output);
    }
    Endpoint endpoint = new Endpoint(host, port);
    return new ClusterCrew(
        parts,
        endpoint,
        security.of(endpoint, output),
        mixed,
        options(),
        Optional.of(hint()),
        output);
  }

  /** The command that starts a worker, as far as it is known here. */
  private String hint() {
    String reached = host.equals(ANY) || host.equals("::") ? Places.host() : host;
    List<Object> words = new ArrayList<>(List.of("worker", "--join", new Endpoint(reached, port)));
    words.addAll(security.workerOptions());
    return "Start workers: " + Places.command(words.toArray());
  }

  /** What was said, once more. */
  private List<String> options() {
    List<String> options = new ArrayList<>(List.of("--cluster"));
    if (!host.equals(LOOPBACK)) {
      options.addAll(List.of("--bind", host));
    }
    if (port != Endpoint.DEFAULT_PORT) {
      options.addAll(List.of("--port", Integer.toString(port)));
    }
    if (mixed) {
      options.add("--mixed");
    }
    options.addAll(security.options());
    return options;
  }
}
