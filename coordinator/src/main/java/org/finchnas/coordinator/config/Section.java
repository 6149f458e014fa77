package org.finchnas.coordinator.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A group of settings being read. Whatever is wrong becomes a {@link Problem} and the default
 * stands in for it, so that one reading finds all that is wrong.
 */
final class Section {

  private final String path;
  private final ObjectNode node;
  private final ConfigTree tree;

  Section(String path, ObjectNode node, ConfigTree tree) {
    this.path = path;
    this.node = node;
    this.tree = tree;
  }

  /** A setting with a default. */
  <T> T read(String key, T byDefault, ValueRule<T> rule) {
    return read(key, Optional.of(byDefault), rule).orElse(byDefault);
  }

  /** A setting with a default and a rule that reading alone does not see. */
  <T> T read(String key, T byDefault, ValueRule<T> rule, Consumer<T> require) {
    T value = read(key, byDefault, rule);
    try {
      require.accept(value);
      return value;
    } catch (IllegalArgumentException e) {
      reportRefusal(String.valueOf(e.getMessage()));
      return byDefault;
    }
  }

  /** A setting with a default and such a rule, whose value has keys of its own. */
  <T> T readWhole(String key, T byDefault, ValueRule<T> rule, Consumer<T> require) {
    tree.knowWhole(pathOf(key));
    return read(key, byDefault, rule, require);
  }

  /** A setting without one: empty if it is not set. */
  <T> Optional<T> read(String key, ValueRule<T> rule) {
    return read(key, Optional.empty(), rule);
  }

  /** A setting without a default, which must be set; another value stands in for a wrong one. */
  <T> T require(String key, T standIn, ValueRule<T> rule, String wayOut) {
    tree.know(pathOf(key));
    JsonNode value = node.path(key);
    Optional<T> read = rule.read().apply(value);
    if (read.isEmpty()) {
      boolean isSet = !value.isMissingNode() && !value.isNull();
      String broken = isSet ? "(%s) must be ".formatted(shown(value)) : "must be set, ";
      report(key, broken + rule.rule() + ".", wayOut);
    }
    return read.orElse(standIn);
  }

  private <T> Optional<T> read(String key, Optional<T> byDefault, ValueRule<T> rule) {
    tree.know(pathOf(key));
    JsonNode value = node.path(key);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    Optional<T> read = rule.read().apply(value);
    if (read.isEmpty()) {
      report(
          key,
          "(%s) must be %s.".formatted(shown(value), rule.rule()),
          rule.wayOut(value, byDefault));
    }
    return read;
  }

  /** A group of settings in this one. */
  Section section(String key) {
    tree.know(pathOf(key));
    JsonNode child = node.path(key);
    if (child instanceof ObjectNode object) {
      return new Section(pathOf(key), object, tree);
    }
    if (!child.isMissingNode() && !child.isNull()) {
      report(
          key,
          "(%s) must be a group of settings.".formatted(shown(child)),
          "Write them below it, indented.");
    }
    return new Section(pathOf(key), node.objectNode(), tree);
  }

  /** A list of groups of settings; empty if it is not set. */
  List<Section> sections(String key) {
    tree.know(pathOf(key));
    JsonNode list = node.path(key);
    List<Section> sections = new ArrayList<>();
    for (int i = 0; i < list.size() && list.isArray(); i++) {
      if (list.get(i) instanceof ObjectNode object) {
        sections.add(new Section(ConfigTree.element(pathOf(key), i), object, tree));
      }
    }
    if (!list.isMissingNode()
        && !list.isNull()
        && !(list.isArray() && sections.size() == list.size())) {
      report(
          key,
          "(%s) must be a list of groups of settings.".formatted(shown(list)),
          "Write each after a dash, or as {key: value}.");
    }
    return sections;
  }

  /**
   * Ends the reading with the group's record. What its constructor refuses is reported too, unless
   * a setting of the group is already known to be wrong.
   */
  <T> T finish(Supplier<T> make, T byDefault) {
    if (tree.hasProblem(path)) {
      return byDefault;
    }
    try {
      return make.get();
    } catch (IllegalArgumentException e) {
      reportRefusal(String.valueOf(e.getMessage()));
      return byDefault;
    }
  }

  /** A message that begins with the name of a setting is reported where that was set. */
  private void reportRefusal(String message) {
    String key = message.substring(0, Math.max(0, message.indexOf(' ')));
    if (tree.isKnown(pathOf(key))) {
      report(key, message.substring(key.length() + 1), "");
    } else {
      tree.report(path, message, "");
    }
  }

  /** Whether something in this group is known to be wrong. */
  boolean hasProblem() {
    return tree.hasProblem(path);
  }

  String path() {
    return path;
  }

  /** Notes that a setting of this group is wrong. */
  void report(String key, String rule, String wayOut) {
    tree.report(pathOf(key), rule, wayOut);
  }

  private String pathOf(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  private static String shown(JsonNode value) {
    return value.isValueNode() ? value.asText() : value.toString();
  }
}
