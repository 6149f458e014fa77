package org.finchnas.benchmarks.chaos;

import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Kinds of processes that may be struck. */
enum Victim {
  WORKER("workers"),
  SLOT("slots"),
  COORDINATOR("coordinators");

  private final String plural;

  Victim(String plural) {
    this.plural = plural;
  }

  String plural() {
    return plural;
  }

  /** The node that the next victim belongs to; empty if there is none at the moment. */
  Optional<Node> choose(Cluster cluster, Random random) {
    List<Node> possible =
        switch (this) {
          case WORKER -> cluster.workers().stream().filter(Node::isAlive).toList();
          case SLOT -> cluster.workers().stream().filter(node -> !node.slots().isEmpty()).toList();
          case COORDINATOR ->
              List.of(cluster.coordinator()).stream().filter(Node::isAlive).toList();
        };
    return possible.isEmpty() ? Optional.empty() : Optional.of(Draws.oneOf(possible, random));
  }
}
