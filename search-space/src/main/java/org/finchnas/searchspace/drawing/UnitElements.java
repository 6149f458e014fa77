package org.finchnas.searchspace.drawing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.finchnas.searchspace.network.Layer;
import org.finchnas.searchspace.network.Network;
import org.finchnas.searchspace.network.Node;

/**
 * Turns the layers of a unit into the elements that are drawn: normalisations and activations
 * become words at the layer before them, or, where they stand first, at the layer after them; the
 * layers of a squeeze-and-excite become one box.
 */
final class UnitElements {

  private final Network network;
  private final List<List<Integer>> consumers;
  private final Set<Integer> members = new HashSet<>();
  private final IntFunction<Optional<String>> outside;

  private final List<Draft> drafts = new ArrayList<>();

  /** For each node the draft it is part of. */
  private final Map<Integer, Integer> owners = new HashMap<>();

  /** Words that wait for the layer after them, by the last node among them. */
  private final Map<Integer, Waiting> waiting = new HashMap<>();

  private record Waiting(List<String> words, int input) {}

  /** An element while words are still added to it. */
  private record Draft(LayerLook look, List<String> words, List<Integer> inputs) {
    Element element() {
      return new Element(
          look.kind(), look.text(), String.join(" · ", words), look.family(), inputs);
    }
  }

  private UnitElements(
      Network network,
      List<List<Integer>> consumers,
      List<Node> nodes,
      IntFunction<Optional<String>> outside) {
    this.network = network;
    this.consumers = consumers;
    this.outside = outside;
    nodes.forEach(node -> members.add(node.index()));
  }

  /**
   * @param consumers for each node of the network its readers
   * @param outside what to call a node that does not belong to the unit; empty for the unit before
   */
  static List<Element> of(
      Network network,
      List<List<Integer>> consumers,
      List<Node> nodes,
      IntFunction<Optional<String>> outside) {
    UnitElements elements = new UnitElements(network, consumers, nodes, outside);
    Map<Integer, Integer> excitations = elements.excitations(nodes);
    for (Node node : nodes) {
      if (!elements.owners.containsKey(node.index())) {
        elements.draw(node, excitations);
      }
    }
    return elements.drafts.stream().map(Draft::element).toList();
  }

  /** For each product of a squeeze-and-excite the channels between; its other layers get lost. */
  private Map<Integer, Integer> excitations(List<Node> nodes) {
    Map<Integer, Integer> squeezed = new HashMap<>();
    for (Node product : nodes) {
      if (product.layer() instanceof Layer.Multiply) {
        int map = product.inputs().get(0);
        Set<Integer> inner = new HashSet<>();
        int channels = 0;
        Node node = network.nodes().get(product.inputs().get(1));
        while (isInnerOfExcitation(node) && inner.add(node.index())) {
          boolean weighted = !network.weights(node).isEmpty();
          channels = weighted ? node.shape().channels() : channels;
          node = network.nodes().get(node.inputs().get(0));
        }
        if (isMember(node)
            && node.layer() instanceof Layer.GlobalAveragePooling
            && node.inputs().get(0) == map) {
          squeezed.put(product.index(), channels);
          inner.add(node.index());
          inner.forEach(index -> owners.put(index, Element.ENTRY));
        }
      }
    }
    return squeezed;
  }

  private boolean isInnerOfExcitation(Node node) {
    return isMember(node)
        && consumers.get(node.index()).size() == 1
        && (node.layer() instanceof Layer.Convolution
            || node.layer() instanceof Layer.Dense
            || node.layer() instanceof Layer.Activation);
  }

  private boolean isMember(Node node) {
    return members.contains(node.index());
  }

  private void draw(Node node, Map<Integer, Integer> excitations) {
    LayerLook look = look(node);
    Integer channels = excitations.get(node.index());
    if (channels != null) {
      LayerLook excitation =
          new LayerLook(Element.Kind.BOX, "SE", "via " + channels, Family.MOBILE, false);
      add(node, excitation, node.inputs().subList(0, 1));
    } else if (!look.folded() || !fold(node, look.text())) {
      add(node, look, node.inputs());
    }
  }

  private boolean fold(Node node, String word) {
    int input = node.inputs().get(0);
    Waiting before = waiting.get(input);
    Integer owner = owners.get(input);
    if (owner != null
        && consumers.get(input).size() == 1
        && drafts.get(owner).look.kind() != Element.Kind.BAR) {
      drafts.get(owner).words.add(word);
      owners.put(node.index(), owner);
      return true;
    }
    if (leadsToBox(node)) {
      waiting.put(
          node.index(),
          before == null
              ? new Waiting(List.of(word), input)
              : new Waiting(
                  Stream.concat(before.words.stream(), Stream.of(word)).toList(), before.input));
      return true;
    }
    return false;
  }

  private boolean leadsToBox(Node node) {
    Node next = node;
    do {
      if (consumers.get(next.index()).size() != 1) {
        return false;
      }
      next = network.nodes().get(consumers.get(next.index()).get(0));
    } while (isMember(next) && look(next).folded());
    return isMember(next) && look(next).kind() == Element.Kind.BOX;
  }

  private LayerLook look(Node node) {
    return LayerLook.of(node.layer(), network.inputShapes(node));
  }

  private void add(Node node, LayerLook look, List<Integer> nodes) {
    List<String> words = new ArrayList<>();
    Set<Integer> inputs = new LinkedHashSet<>();
    Set<String> sources = new LinkedHashSet<>();
    for (int input : nodes) {
      Waiting before = waiting.get(input);
      if (before != null) {
        words.addAll(before.words);
      }
      int origin = before == null ? input : before.input;
      if (members.contains(origin)) {
        inputs.add(owners.get(origin));
      } else {
        outside.apply(origin).ifPresentOrElse(sources::add, () -> inputs.add(Element.ENTRY));
      }
    }
    sources.forEach(source -> inputs.add(addSource(source)));
    Stream.of(look.channels()).filter(channels -> !channels.isEmpty()).forEach(words::add);
    owners.put(node.index(), drafts.size());
    drafts.add(new Draft(look, words, List.copyOf(inputs)));
  }

  private int addSource(String name) {
    LayerLook look = new LayerLook(Element.Kind.SOURCE, name, "", Family.PLAIN, false);
    drafts.add(new Draft(look, new ArrayList<>(), List.of()));
    return drafts.size() - 1;
  }
}
