package org.finchnas.cli.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Every port is the one that some command line makes Finch listen on. */
final class PortRules {

  private final Manifests manifests;
  private final List<String> problems = new ArrayList<>();

  private PortRules(Manifests manifests) {
    this.manifests = manifests;
  }

  static List<String> problems(Manifests manifests) {
    PortRules rules = new PortRules(manifests);
    manifests.workloads().forEach(rules::checkWorkload);
    manifests.ofKind("Service").forEach(rules::checkService);
    manifests.ofKind("NetworkPolicy").forEach(rules::checkPolicy);
    return rules.problems;
  }

  private void checkWorkload(Workload workload) {
    require(workload.name() + " container", workload.listens(), workload.containerPorts());
    workload
        .probes()
        .forEach(
            probe -> {
              String command = probe.at("/exec/command/2").asText();
              if (!probe.isMissingNode()
                  && workload.listens().stream().noneMatch(portOf(command))) {
                problems.add(workload.name() + ": a probe looks at another port: " + command);
              }
            });
    workload.option("--join").ifPresent(address -> checkAddress(workload, address));
  }

  private static Predicate<Integer> portOf(String command) {
    return port -> command.endsWith(" " + port);
  }

  private void checkAddress(Workload worker, String address) {
    List<String> addresses =
        manifests.ofKind("Service").stream()
            .map(
                service ->
                    service.at("/metadata/name").asText()
                        + ":"
                        + service.at("/spec/ports/0/port").asText())
            .toList();
    if (!addresses.contains(address)) {
      problems.add(
          "%s joins %s, and the services are %s".formatted(worker.name(), address, addresses));
    }
  }

  private void checkService(JsonNode service) {
    String name = "Service " + service.at("/metadata/name").asText();
    JsonNode ports = service.at("/spec/ports");
    Set<Integer> listens = listens(service.at("/spec/selector"));
    require(name, listens, Workload.ports(ports, "port"));
    require(name + " target", listens, Workload.ports(ports, "targetPort"));
  }

  private void checkPolicy(JsonNode policy) {
    String name = "NetworkPolicy " + policy.at("/metadata/name").asText();
    Set<Integer> own = listens(policy.at("/spec/podSelector/matchLabels"));
    for (JsonNode rule : policy.at("/spec/ingress")) {
      require(name + " ingress", own, Workload.ports(rule.path("ports"), "port"));
    }
    for (JsonNode rule : policy.at("/spec/egress")) {
      JsonNode peer = rule.at("/to/0/podSelector/matchLabels");
      Set<Integer> wanted = peer.isMissingNode() ? Set.of(53) : listens(peer);
      require(name + " egress", wanted, Workload.ports(rule.path("ports"), "port"));
    }
  }

  private Set<Integer> listens(JsonNode labels) {
    Set<Integer> ports = new TreeSet<>();
    manifests.selected(labels).forEach(each -> ports.addAll(each.listens()));
    return ports;
  }

  private void require(String where, Set<Integer> wanted, Set<Integer> found) {
    if (!wanted.equals(found)) {
      problems.add(
          "%s: ports %s should be %s"
              .formatted(where, new TreeSet<>(found), new TreeSet<>(wanted)));
    }
  }
}
