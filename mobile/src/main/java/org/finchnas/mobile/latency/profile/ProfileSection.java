package org.finchnas.mobile.latency.profile;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.finchnas.searchspace.DidYouMean;

/** A group of a profile's settings while it is read: each says what is wrong with it. */
final class ProfileSection {

  private final String path;
  private final JsonNode node;
  private final Set<String> known = new LinkedHashSet<>();

  ProfileSection(String path, JsonNode node) {
    if (!node.isObject()) {
      throw new IllegalArgumentException(
          path.isEmpty()
              ? "it holds no settings. Look at one in configs/devices."
              : path + " must be a group of settings, written below it and indented.");
    }
    this.path = path;
    this.node = node;
  }

  boolean has(String key) {
    known.add(key);
    return node.has(key);
  }

  ProfileSection section(String key) {
    return new ProfileSection(pathOf(key), require(key));
  }

  String text(String key) {
    JsonNode value = require(key);
    if (!value.isValueNode() || value.asText().isBlank()) {
      throw new IllegalArgumentException("%s must be a text.".formatted(pathOf(key)));
    }
    return value.asText();
  }

  List<String> texts(String key) {
    JsonNode value = require(key);
    if (!value.isArray()) {
      throw new IllegalArgumentException("%s must be a list.".formatted(pathOf(key)));
    }
    List<String> texts = new ArrayList<>();
    value.forEach(each -> texts.add(each.asText()));
    return texts;
  }

  double number(String key) {
    JsonNode value = require(key);
    if (!value.isNumber() || !(value.asDouble() >= 0) || Double.isInfinite(value.asDouble())) {
      throw new IllegalArgumentException(
          "%s (%s) must be a number, 0 or more.".formatted(pathOf(key), value.asText()));
    }
    return value.asDouble();
  }

  int whole(String key) {
    JsonNode value = require(key);
    if (!value.canConvertToInt() || !value.isIntegralNumber()) {
      throw new IllegalArgumentException(
          "%s (%s) must be a whole number.".formatted(pathOf(key), value.asText()));
    }
    return value.asInt();
  }

  List<String> keys() {
    List<String> keys = new ArrayList<>();
    node.fieldNames().forEachRemaining(keys::add);
    return keys;
  }

  void requireNoMore() {
    for (String key : keys()) {
      if (!known.contains(key)) {
        throw new IllegalArgumentException(
            "%s is no setting of a profile. %s"
                .formatted(pathOf(key), DidYouMean.sentence(key, known)));
      }
    }
  }

  private JsonNode require(String key) {
    if (!has(key)) {
      throw new IllegalArgumentException(
          "%s is missing. Look at a profile in configs/devices.".formatted(pathOf(key)));
    }
    return node.get(key);
  }

  private String pathOf(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }
}
