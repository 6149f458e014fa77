package org.finchnas.coordinator.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.finchnas.searchspace.DidYouMean;

/**
 * What the value of a setting must be.
 *
 * @param rule completes "must be …"
 * @param read the value, or empty if the rule is broken
 * @param show how a value is written
 * @param choices the known words, where it must be one of them
 */
record ValueRule<T>(
    String rule,
    Function<JsonNode, Optional<T>> read,
    Function<T, String> show,
    Collection<String> choices) {

  private ValueRule(String rule, Function<JsonNode, Optional<T>> read) {
    this(rule, read, String::valueOf, List.of());
  }

  static ValueRule<Integer> integer(int min) {
    return new ValueRule<>(
        "an integer of at least " + min,
        node ->
            Optional.of(node)
                .filter(value -> value.isIntegralNumber() && value.canConvertToInt())
                .map(JsonNode::intValue)
                .filter(value -> value >= min));
  }

  static ValueRule<Integer> integer(int min, int below) {
    ValueRule<Integer> atLeast = integer(min);
    return new ValueRule<>(
        "%s and below %d".formatted(atLeast.rule, below),
        node -> atLeast.read.apply(node).filter(value -> value < below));
  }

  static ValueRule<Long> seed() {
    return new ValueRule<>(
        "an integer of at most 64 bits",
        node ->
            Optional.of(node)
                .filter(value -> value.isIntegralNumber() && value.canConvertToLong())
                .map(JsonNode::longValue));
  }

  static ValueRule<Double> number(String rule, Predicate<Double> holds) {
    return new ValueRule<>(
        "a number " + rule,
        node ->
            Optional.of(node)
                .filter(JsonNode::isNumber)
                .map(JsonNode::doubleValue)
                .filter(value -> Double.isFinite(value) && holds.test(value)));
  }

  static ValueRule<Boolean> flag() {
    return new ValueRule<>(
        "true or false",
        node -> Optional.of(node).filter(JsonNode::isBoolean).map(JsonNode::booleanValue));
  }

  static ValueRule<String> text(String rule, Pattern pattern) {
    return text(rule, pattern, List.of());
  }

  /** A text like one of some known words. */
  static ValueRule<String> text(List<String> choices, Pattern pattern) {
    return text("one of " + String.join(", ", choices), pattern, choices);
  }

  private static ValueRule<String> text(String rule, Pattern pattern, List<String> choices) {
    return new ValueRule<>(
        rule,
        node ->
            Optional.of(node)
                .filter(JsonNode::isTextual)
                .map(JsonNode::textValue)
                .filter(text -> pattern.matcher(text).matches()),
        text -> text,
        choices);
  }

  static ValueRule<Duration> duration() {
    return new ValueRule<>(
        "a time with its unit (90s, 60m, 2h, 1d)",
        node -> Amounts.time(node.asText()),
        Amounts::text,
        List.of());
  }

  static ValueRule<Long> bytes(long min) {
    return new ValueRule<>(
        "a size with its unit (512m, 2g) of at least " + Amounts.text(min),
        node -> Amounts.bytes(node.asText()).filter(bytes -> bytes >= min),
        Amounts::text,
        List.of());
  }

  static <T> ValueRule<T> oneOf(Map<String, T> choices, Function<T, String> show) {
    return new ValueRule<>(
        "one of " + String.join(", ", choices.keySet()),
        node -> Optional.ofNullable(choices.get(node.asText())),
        show,
        choices.keySet());
  }

  /** A constant by its {@link #word}. */
  static <E extends Enum<E>> ValueRule<E> oneOf(Class<E> type) {
    Map<String, E> choices = new LinkedHashMap<>();
    for (E constant : type.getEnumConstants()) {
      choices.put(word(constant), constant);
    }
    return oneOf(choices, ValueRule::word);
  }

  /** How a constant is written: {@code aging-evolution}. */
  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** A list of at least one, or one value for a list of one. */
  static <T> ValueRule<List<T>> listOf(ValueRule<T> element) {
    return new ValueRule<>(
        "a list, each " + element.rule,
        node -> elements(node, element),
        list -> list.stream().map(element.show).collect(Collectors.joining(", ", "[", "]")),
        element.choices);
  }

  /** Any list of such elements, also an empty one, or one value for a list of one. */
  static <T> ValueRule<List<T>> anyListOf(ValueRule<T> element) {
    ValueRule<List<T>> some = listOf(element);
    return new ValueRule<>(
        some.rule,
        node -> node.isArray() && node.isEmpty() ? Optional.of(List.of()) : some.read.apply(node),
        some.show,
        some.choices);
  }

  /** What to do about a value that breaks the rule, where the setting has a default or none. */
  String wayOut(JsonNode node, Optional<T> byDefault) {
    for (JsonNode each : node.isArray() ? node : List.of(node)) {
      if (!choices.isEmpty() && !choices.contains(each.asText())) {
        return DidYouMean.sentence(each.asText(), choices);
      }
    }
    return byDefault
        .map(value -> "Maybe leave it out: the default is " + show.apply(value) + ".")
        .orElse("Maybe leave it out.");
  }

  private static <T> Optional<List<T>> elements(JsonNode node, ValueRule<T> rule) {
    List<T> elements = new ArrayList<>();
    for (JsonNode each : node.isArray() ? node : List.of(node)) {
      Optional<T> element = rule.read.apply(each);
      if (element.isEmpty()) {
        return Optional.empty();
      }
      elements.add(element.get());
    }
    return Optional.of(elements).filter(list -> !list.isEmpty());
  }
}
