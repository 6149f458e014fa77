package org.finchnas.coordinator.config;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.finchnas.searchspace.DidYouMean;
import org.jspecify.annotations.Nullable;

/** Settings as they were written, where each was written, and what is wrong with them. */
final class ConfigTree {

  private static final YAMLFactory YAML = new YAMLFactory();
  private static final String NO_SETTINGS =
      "Write at least one: \"seed: 1\" alone is the search with every default.";
  private static final String LINE = "line ";

  /** YAML's words for them, which the parser calls numbers and then cannot read. */
  private static final Map<String, Double> NOT_FINITE =
      Map.of(
          ".nan", Double.NaN,
          ".inf", Double.POSITIVE_INFINITY,
          "+.inf", Double.POSITIVE_INFINITY,
          "-.inf", Double.NEGATIVE_INFINITY);

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final ObjectNode root;
  private final Map<String, String> origins = new HashMap<>();
  private final List<Problem> problems = new ArrayList<>();
  private final Set<String> known = new LinkedHashSet<>();
  private final Set<String> whole = new HashSet<>();

  /** Reads the text of a file; what cannot be read is reported and left out. */
  ConfigTree(String yaml) {
    JsonNode node = parse(yaml, "", "");
    if (problems.isEmpty() && (node.isMissingNode() || node.isNull())) {
      report("", "The file holds no settings.", NO_SETTINGS);
    } else if (problems.isEmpty() && !node.isObject()) {
      report("", "The file must hold settings, \"key: value\", not one value.", "");
    }
    root = node instanceof ObjectNode object ? object : NODES.objectNode();
  }

  Section root() {
    return new Section("", root, this);
  }

  /** Sets one value over what the file says: {@code key.path=value}, the value as in YAML. */
  void override(String assignment) {
    int equals = assignment.indexOf('=');
    if (equals < 1) {
      problems.add(
          new Problem(
              assignment,
              "--set",
              "is no assignment.",
              "Write --set key=value, as in --set seed=7."));
      return;
    }
    String path = assignment.substring(0, equals).strip();
    origins.keySet().removeIf(key -> isWithin(path, key));
    JsonNode value = parse(assignment.substring(equals + 1), path, "--set");
    if (value.isMissingNode()) {
      origins.put(path, "--set");
      report(path, "is given no value.", "Write --set %s=VALUE, or leave it out.".formatted(path));
    }
    set(root, path, 0, value);
  }

  /** Steps into groups, which are made where there are none, and into the elements of lists. */
  private void set(JsonNode parent, String path, int start, JsonNode value) {
    int dot = path.indexOf('.', start);
    String key = path.substring(start, dot < 0 ? path.length() : dot);
    if (parent instanceof ArrayNode list && !isElement(list, key)) {
      report(
          path,
          "is not in the list, which has %d.".formatted(list.size()),
          "Elements count from 1; --set %s=[…] sets the whole list."
              .formatted(path.substring(0, start - 1)));
    } else if (dot < 0) {
      put(parent, key, value);
    } else {
      set(child(parent, key), path, dot + 1, value);
    }
  }

  private static boolean isElement(ArrayNode list, String key) {
    return IntStream.rangeClosed(1, list.size()).anyMatch(i -> Integer.toString(i).equals(key));
  }

  private static JsonNode child(JsonNode parent, String key) {
    JsonNode child =
        parent instanceof ArrayNode list ? list.get(Integer.parseInt(key) - 1) : parent.path(key);
    if (child.isContainerNode()) {
      return child;
    }
    JsonNode made = NODES.objectNode();
    put(parent, key, made);
    return made;
  }

  private static void put(JsonNode parent, String key, JsonNode value) {
    if (parent instanceof ArrayNode list) {
      list.set(Integer.parseInt(key) - 1, value);
    } else if (parent instanceof ObjectNode group) {
      group.set(key, value);
    }
  }

  /** Notes that a setting is wrong. */
  void report(String path, String rule, String wayOut) {
    problems.add(new Problem(path, origin(path), rule, wayOut));
  }

  /** Where a setting was written, or if it was not, the group that it belongs to. */
  private String origin(String path) {
    String at = path;
    while (!origins.containsKey(at) && at.contains(".")) {
      at = at.substring(0, at.lastIndexOf('.'));
    }
    return origins.getOrDefault(at, "");
  }

  /** Notes that a setting was asked for. */
  void know(String path) {
    known.add(path);
  }

  /** The setting's value is judged as a whole, whatever keys are in it. */
  void knowWhole(String path) {
    whole.add(path);
  }

  boolean isKnown(String path) {
    return known.contains(path);
  }

  /** Reports all keys that nobody asked for; to be called when all was read. */
  void reportUnknown() {
    reportUnknown("", root);
  }

  /** In the order of the lines they stand on. */
  List<Problem> problems() {
    return problems.stream().sorted(Comparator.comparingInt(ConfigTree::line)).toList();
  }

  private static int line(Problem problem) {
    String origin = problem.origin();
    return origin.startsWith(LINE)
        ? Integer.parseInt(origin.substring(LINE.length()))
        : Integer.MAX_VALUE;
  }

  /** Whether something within a group of settings is wrong. */
  boolean hasProblem(String path) {
    return problems.stream().anyMatch(problem -> isWithin(path, problem.key()));
  }

  private static boolean isWithin(String path, String key) {
    return path.isEmpty() || key.equals(path) || key.startsWith(path + ".");
  }

  private void reportUnknown(String path, ObjectNode group) {
    for (Map.Entry<String, JsonNode> field : group.properties()) {
      String key = path.isEmpty() ? field.getKey() : path + "." + field.getKey();
      if (!known.contains(key)) {
        report(key, "is no setting.", wayOut(path, field.getKey()));
      } else if (!whole.contains(key)) {
        reportUnknownWithin(key, field.getValue());
      }
    }
  }

  private void reportUnknownWithin(String key, JsonNode value) {
    if (value instanceof ObjectNode child) {
      reportUnknown(key, child);
    } else if (value.isArray()) {
      for (int i = 0; i < value.size(); i++) {
        reportUnknownWithin(element(key, i), value.get(i));
      }
    }
  }

  /** The path of a list's element; counted from 1, as people do. */
  static String element(String list, int index) {
    return list + "." + (index + 1);
  }

  /** The nearest settings beside a key, or the same key in other groups. */
  private String wayOut(String path, String key) {
    List<String> beside =
        known.stream().filter(other -> isChild(path, other)).map(ConfigTree::lastKey).toList();
    List<String> elsewhere = known.stream().filter(other -> lastKey(other).equals(key)).toList();
    if (beside.isEmpty() && elsewhere.isEmpty()) {
      return "";
    }
    return elsewhere.isEmpty() || !DidYouMean.nearest(key, beside).isEmpty()
        ? DidYouMean.sentence(key, beside)
        : "Did you mean \"%s\"?".formatted(String.join("\" or \"", elsewhere));
  }

  private static boolean isChild(String path, String other) {
    int dot = other.lastIndexOf('.');
    return path.equals(dot < 0 ? "" : other.substring(0, dot));
  }

  private static String lastKey(String path) {
    return path.substring(path.lastIndexOf('.') + 1);
  }

  private JsonNode parse(String yaml, String path, String origin) {
    try (YAMLParser parser = YAML.createParser(yaml)) {
      return parser.nextToken() == null
          ? NODES.missingNode()
          : new Reading(parser, origin).value(path);
    } catch (JsonProcessingException e) {
      String reason = e.getOriginalMessage().lines().findFirst().orElse("");
      String where = origin.isEmpty() ? line(e.getLocation()) : origin;
      problems.add(
          new Problem(
              path,
              where,
              "The text is not YAML: %s.".formatted(reason),
              "Mind quotes and indents."));
      return NODES.nullNode();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String line(@Nullable JsonLocation location) {
    return location == null ? "" : LINE + location.getLineNr();
  }

  /** One text being read; all that it sets has one origin, or the line it stands on. */
  private final class Reading {

    private final YAMLParser parser;
    private final String origin;

    Reading(YAMLParser parser, String origin) {
      this.parser = parser;
      this.origin = origin;
    }

    JsonNode value(String path) throws IOException {
      origins.putIfAbsent(path, here());
      JsonToken token = parser.currentToken();
      if (token == JsonToken.START_OBJECT) {
        return object(path);
      }
      if (token == JsonToken.START_ARRAY) {
        return array(path);
      }
      return scalar(token);
    }

    private JsonNode scalar(JsonToken token) throws IOException {
      if (token == JsonToken.VALUE_NULL) {
        return NODES.nullNode();
      }
      if (token.isBoolean()) {
        return NODES.booleanNode(parser.getBooleanValue());
      }
      if (token == JsonToken.VALUE_NUMBER_INT) {
        return NODES.numberNode(parser.getBigIntegerValue());
      }
      return token.isNumeric() ? number(parser.getText()) : NODES.textNode(parser.getText());
    }

    private JsonNode number(String text) throws IOException {
      Double special = NOT_FINITE.get(text.toLowerCase(Locale.ROOT));
      return NODES.numberNode(special == null ? parser.getDoubleValue() : special);
    }

    private ObjectNode object(String path) throws IOException {
      ObjectNode object = NODES.objectNode();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        String key = path.isEmpty() ? name : path + "." + name;
        origins.putIfAbsent(key, here());
        if (object.has(name)) {
          problems.add(new Problem(key, here(), "is set twice.", "Keep one of them."));
        }
        parser.nextToken();
        object.set(name, value(key));
      }
      return object;
    }

    private ArrayNode array(String path) throws IOException {
      ArrayNode array = NODES.arrayNode();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        array.add(value(element(path, array.size())));
      }
      return array;
    }

    private String here() {
      return origin.isEmpty() ? line(parser.currentTokenLocation()) : origin;
    }
  }
}
