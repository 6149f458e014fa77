package org.finchnas.cli;

import java.nio.file.Path;
import java.util.List;
import org.finchnas.coordinator.ignite.ClusterSecurity;
import org.finchnas.coordinator.ignite.Endpoint;
import org.finchnas.coordinator.keys.ClusterKeys;
import org.finchnas.coordinator.keys.LocalToken;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How the machines of a cluster trust each other. */
final class SecurityOptions {

  static final String TOKEN_VARIABLE = "FINCH_CLUSTER_TOKEN";

  @Option(
      names = "--keys",
      paramLabel = "DIR",
      description =
          "Keys of this machine for mutual TLS, as finch cluster keys makes them; needed beyond this machine.")
  private @Nullable Path keys;

  @Option(
      names = "--insecure",
      description =
          "Talk to other machines without TLS, for networks where nobody else is; wants a token in FINCH_CLUSTER_TOKEN.")
  private boolean insecure;

  /** What was said, once more. */
  List<String> options() {
    if (keys != null) {
      return List.of("--keys", keys.toString());
    }
    return insecure ? List.of("--insecure") : List.of();
  }

  /** What a worker has to say to get along with a coordinator that was given these. */
  List<String> workerOptions() {
    if (keys != null) {
      return List.of("--keys", keys.resolveSibling("worker").toString());
    }
    return options();
  }

  boolean isSaid() {
    return keys != null || insecure;
  }

  /**
   * @throws InputException if the address is beyond this machine and nothing protects the way, or
   *     no secret tells members from strangers
   */
  ClusterSecurity of(Endpoint endpoint, Output output) {
    if (keys != null && insecure) {
      throw new InputException("--keys and --insecure exclude each other. Leave one out.");
    }
    if (keys != null) {
      ClusterKeys read = ClusterKeys.read(keys);
      read.warnings().forEach(output::warn);
      return new ClusterSecurity(read.token(), read);
    }
    if (!endpoint.isLoopback() && !insecure) {
      throw new InputException(
          "%s is reached over a network, so the way needs protection. Make keys with `finch cluster keys --out DIR` and give --keys, or say --insecure if nobody else is on that network."
              .formatted(endpoint.host()));
    }
    return new ClusterSecurity(token(endpoint), null);
  }

  private static String token(Endpoint endpoint) {
    String token = System.getenv(TOKEN_VARIABLE);
    if (token != null && !token.isBlank()) {
      return token.strip();
    }
    if (!endpoint.isLoopback()) {
      throw new InputException(
          "Without TLS a secret must tell members from strangers. Set %s to the same on all machines, or use --keys."
              .formatted(TOKEN_VARIABLE));
    }
    return LocalToken.in(Places.cacheDirectory());
  }
}
