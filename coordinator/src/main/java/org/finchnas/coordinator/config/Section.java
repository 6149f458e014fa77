package org.finchnas.coordinator.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.finchnas.searchspace.DidYouMean;

/**
 * A group of settings being read. Whatever is wrong becomes a {@link Problem} and the default
 * stands in for it, so that one reading finds all that is wrong.
 */
final class Section {

  private final String path;
  private final ObjectNode node;
  private final ConfigTree tree;
  private final List<String> known = new ArrayList<>();

  Section(String path, ObjectNode node, ConfigTree tree) {
    this.path = path;
    this.node = node;
    this.tree = tree;
  }

  /** A setting with a default. */
  <T> T read(String key, T byDefault, ValueRule<T> rule) {
    return read(key, Optional.of(byDefault), rule).orElse(byDefault);
  }

  /** A setting without one: empty if it is not set. */
  <T> Optional<T> read(String key, ValueRule<T> rule) {
    return read(key, Optional.empty(), rule);
  }

  private <T> Optional<T> read(String key, Optional<T> byDefault, ValueRule<T> rule) {
    known.add(key);
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
    known.add(key);
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

  /**
   * Ends the reading: reports keys that are no settings, then makes the group's record. What its
   * constructor refuses is reported too, unless a setting of the group is already known to be
   * wrong.
   */
  <T> T finish(Supplier<T> make, T byDefault) {
    node.fieldNames().forEachRemaining(this::reportUnknown);
    if (tree.hasProblem(path)) {
      return byDefault;
    }
    try {
      return make.get();
    } catch (IllegalArgumentException e) {
      tree.report(path, String.valueOf(e.getMessage()), "");
      return byDefault;
    }
  }

  private void reportUnknown(String key) {
    if (!known.contains(key)) {
      report(key, "is no setting.", DidYouMean.sentence(key, known));
    }
  }

  private void report(String key, String rule, String wayOut) {
    tree.report(pathOf(key), rule, wayOut);
  }

  private String pathOf(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  private static String shown(JsonNode value) {
    return value.isValueNode() ? value.asText() : value.toString();
  }
}
