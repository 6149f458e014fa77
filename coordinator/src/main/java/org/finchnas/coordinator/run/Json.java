package org.finchnas.coordinator.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Set;

/**
 * JSON with one way to write each value. Whole numbers have no fraction, others the shortest digits
 * that give them back; what is not finite is text, as JSON has no number for it.
 */
final class Json {

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .build();
  private static final double LARGEST_WHOLE = 1L << 53;
  private static final Set<String> NOT_FINITE = Set.of("NaN", "Infinity", "-Infinity");

  private Json() {}

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /**
   * Reads one object.
   *
   * @throws IllegalArgumentException if the text is none
   */
  static ObjectNode parse(String text) {
    try {
      if (MAPPER.readTree(text) instanceof ObjectNode object) {
        return object;
      }
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("it is not JSON: " + e.getOriginalMessage(), e);
    }
    throw new IllegalArgumentException("it is no JSON object");
  }

  static void put(ObjectNode node, String field, double value) {
    if (!Double.isFinite(value)) {
      node.put(field, Double.toString(value));
    } else if (value == Math.rint(value) && Math.abs(value) <= LARGEST_WHOLE) {
      node.put(field, (long) value);
    } else {
      node.put(field, value);
    }
  }

  /** In seconds. */
  static void put(ObjectNode node, String field, Duration value) {
    BigDecimal seconds = BigDecimal.valueOf(value.toNanos(), 9).stripTrailingZeros();
    node.put(field, seconds.scale() > 0 ? seconds : seconds.setScale(0));
  }

  static double number(JsonNode node, String field) {
    JsonNode value = field(node, field);
    if (value.isNumber()) {
      return value.doubleValue();
    }
    if (value.isTextual() && NOT_FINITE.contains(value.textValue())) {
      return Double.parseDouble(value.textValue());
    }
    throw wrong(field, value, "a number");
  }

  static Duration seconds(JsonNode node, String field) {
    BigDecimal nanos = BigDecimal.valueOf(number(node, field)).movePointRight(9);
    return Duration.ofNanos(nanos.longValue());
  }

  static long whole(JsonNode node, String field) {
    JsonNode value = field(node, field);
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw wrong(field, value, "a whole number");
    }
    return value.longValue();
  }

  static int integer(JsonNode node, String field) {
    JsonNode value = field(node, field);
    if (!value.isIntegralNumber() || !value.canConvertToInt()) {
      throw wrong(field, value, "a whole number");
    }
    return value.intValue();
  }

  static String text(JsonNode node, String field) {
    JsonNode value = field(node, field);
    if (!value.isTextual()) {
      throw wrong(field, value, "text");
    }
    return value.textValue();
  }

  static JsonNode field(JsonNode node, String field) {
    JsonNode value = node.get(field);
    if (value == null) {
      throw new IllegalArgumentException("it has no \"%s\"".formatted(field));
    }
    return value;
  }

  private static IllegalArgumentException wrong(String field, JsonNode value, String rule) {
    return new IllegalArgumentException(
        "\"%s\" (%s) is not %s".formatted(field, value.toString(), rule));
  }
}
