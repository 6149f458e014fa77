package org.finchnas.searchspace.drawing;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.finchnas.searchspace.network.Network;
import org.finchnas.searchspace.network.Node;
import org.finchnas.searchspace.network.Weight;

/**
 * Takes a network apart by the names of its nodes: the first part is the stage, the second the
 * unit, whatever follows belongs to a layer.
 */
final class NetworkStages {

  private final Network network;
  private final List<List<Integer>> consumers;
  private final List<List<Node>> runs;

  /** For each node the position of its stage, -1 for the input. */
  private final int[] stageOf;

  private NetworkStages(Network network) {
    this.network = network;
    consumers = network.consumers();
    List<Node> layers = network.nodes().subList(1, network.nodes().size());
    runs = runs(layers, node -> parts(node).length == 1 ? "" : parts(node)[0]);
    stageOf = new int[network.nodes().size()];
    stageOf[0] = -1;
    for (int i = 0; i < runs.size(); i++) {
      for (Node node : runs.get(i)) {
        stageOf[node.index()] = i;
      }
    }
  }

  /** From the input to the logits. */
  static List<Stage> of(Network network) {
    NetworkStages stages = new NetworkStages(network);
    List<Stage> all = new ArrayList<>();
    for (int i = 0; i < stages.runs.size(); i++) {
      all.add(stages.stage(i));
    }
    return all;
  }

  private static String[] parts(Node node) {
    return node.name().split("/");
  }

  /** Nodes that follow each other with one key. */
  private static List<List<Node>> runs(List<Node> nodes, Function<Node, String> key) {
    List<List<Node>> runs = new ArrayList<>();
    String last = null;
    for (Node node : nodes) {
      String now = key.apply(node);
      if (!now.equals(last)) {
        runs.add(new ArrayList<>());
      }
      runs.get(runs.size() - 1).add(node);
      last = now;
    }
    return runs;
  }

  private Stage stage(int position) {
    List<Node> nodes = runs.get(position);
    long params = 0;
    long macs = 0;
    for (Node node : nodes) {
      for (Weight weight : network.weights(node)) {
        params += weight.trainable() ? weight.elements() : 0;
      }
      macs += node.layer().macs(network.inputShapes(node));
    }
    return new Stage(
        name(position),
        nodes.get(nodes.size() - 1).shape(),
        params,
        macs,
        units(position),
        sources(position));
  }

  /** Layers of no stage are called by the first and the last of them. */
  private String name(int position) {
    if (position < 0) {
      return "Input";
    }
    List<Node> nodes = runs.get(position);
    String first = parts(nodes.get(0))[0];
    String last = parts(nodes.get(nodes.size() - 1))[0];
    String words = words(first.equals(last) ? first : first + " to " + last);
    return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }

  /** Without its number; a unit that is called no more than that needs no name. */
  private static String unitName(String part) {
    String name = words(part).replaceFirst("\\s*\\d+$", "");
    return name.equals("unit") ? "" : name;
  }

  private static String words(String name) {
    return name.replace('_', ' ');
  }

  private List<Integer> sources(int position) {
    return runs.get(position).stream()
        .flatMap(node -> node.inputs().stream())
        .map(input -> stageOf[input])
        .filter(source -> source < position - 1)
        .distinct()
        .sorted()
        .toList();
  }

  private List<Unit> units(int position) {
    List<Node> nodes = runs.get(position);
    List<List<Node>> parts = runs(nodes, node -> parts(node).length < 3 ? "" : parts(node)[1]);
    if (!isChain(parts)) {
      return Unit.merged(new Unit("", elements(nodes, position, -1), 1).split());
    }
    List<Unit> units = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      List<Node> part = parts.get(i);
      String[] names = parts(part.get(0));
      String name = names.length < 3 ? "" : unitName(names[1]);
      int before = i == 0 ? -1 : parts.get(i - 1).get(0).index();
      units.addAll(new Unit(name, elements(part, position, before), 1).split());
    }
    return Unit.merged(units);
  }

  /** Whether each part reads the one before. */
  private static boolean isChain(List<List<Node>> parts) {
    for (int i = 1; i < parts.size(); i++) {
      int from = parts.get(i - 1).get(0).index();
      int to = parts.get(i).get(0).index();
      boolean reads =
          parts.get(i).stream()
              .flatMap(node -> node.inputs().stream())
              .anyMatch(input -> input >= from && input < to);
      if (!reads) {
        return false;
      }
    }
    return true;
  }

  /**
   * @param before the first node of the part before in the same stage, or -1 for the first part
   */
  private List<Element> elements(List<Node> part, int position, int before) {
    return UnitElements.of(
        network,
        consumers,
        part,
        input -> {
          int source = stageOf[input];
          boolean entry = before < 0 ? source == position - 1 : input >= before;
          if (entry) {
            return Optional.empty();
          }
          boolean near = source == position || (before >= 0 && source == position - 1);
          return Optional.of(near ? "earlier" : name(source));
        });
  }
}
