package org.finchnas.cli.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Pods of one kind.
 *
 * @param document a Deployment or StatefulSet
 */
record Workload(JsonNode document) {

  private static final int DEFAULT_PORT = 28460;

  String name() {
    return document.at("/metadata/name").asText();
  }

  JsonNode pod() {
    return document.at("/spec/template/spec");
  }

  JsonNode container() {
    return pod().at("/containers/0");
  }

  boolean isSelectedBy(JsonNode labels) {
    JsonNode own = document.at("/spec/template/metadata/labels");
    return labels.properties().stream()
        .allMatch(label -> label.getValue().equals(own.path(label.getKey())));
  }

  List<String> arguments() {
    List<String> arguments = new ArrayList<>();
    container().path("args").forEach(each -> arguments.add(each.asText()));
    return arguments;
  }

  Optional<String> option(String name) {
    List<String> arguments = arguments();
    int at = arguments.indexOf(name);
    return at < 0 || at + 1 == arguments.size()
        ? Optional.empty()
        : Optional.of(arguments.get(at + 1));
  }

  boolean isWorker() {
    return arguments().contains("worker");
  }

  /** The command lines of Finch that it leads to. */
  List<List<String>> commands() {
    return isWorker() ? List.of(arguments()) : CoordinatorScript.commands(arguments());
  }

  /** What its command line makes it listen on: nothing, where it is a worker. */
  Set<Integer> listens() {
    if (isWorker()) {
      return Set.of();
    }
    int port = option("--port").map(Integer::valueOf).orElse(DEFAULT_PORT);
    return Set.of(port, port + 1);
  }

  Set<Integer> containerPorts() {
    return ports(container().path("ports"), "containerPort");
  }

  static Set<Integer> ports(JsonNode list, String key) {
    Set<Integer> ports = new TreeSet<>();
    list.forEach(each -> ports.add(each.path(key).asInt()));
    return ports;
  }

  List<JsonNode> probes() {
    return List.of(
        container().path("startupProbe"),
        container().path("readinessProbe"),
        container().path("livenessProbe"));
  }
}
