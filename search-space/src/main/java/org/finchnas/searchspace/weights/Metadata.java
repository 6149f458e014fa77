package org.finchnas.searchspace.weights;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.finchnas.searchspace.Blueprint;
import org.finchnas.searchspace.json.Json;
import org.finchnas.searchspace.network.Network;
import org.finchnas.searchspace.network.Normalization;
import org.finchnas.searchspace.network.Shape;
import org.finchnas.searchspace.network.Tensor;
import org.finchnas.searchspace.network.TrainedNetwork;

/** What a model's file says beside its weights: strings under names. */
record Metadata(Blueprint blueprint, Normalization normalization, List<String> labels) {

  static final String FORMAT = "finch.format";
  private static final String VERSION = "1";
  private static final String DESIGN = "finch.design";
  private static final String IMAGE = "finch.image";
  private static final String CLASSES = "finch.classes";
  private static final String MEAN = "finch.mean";
  private static final String DEVIATION = "finch.deviation";
  private static final String LABELS = "finch.labels";

  static Metadata of(WeightsFile file) {
    return new Metadata(file.blueprint(), file.trained().normalization(), file.trained().labels());
  }

  Map<String, String> strings() {
    Map<String, String> strings = ofModel();
    strings.put(FORMAT, VERSION);
    return strings;
  }

  /** The same without saying what kind of file it is. */
  Map<String, String> ofModel() {
    Shape image = blueprint.image();
    return new TreeMap<>(
        Map.of(
            DESIGN, blueprint.design(),
            IMAGE, array(List.of(image.channels(), image.height(), image.width())),
            CLASSES, String.valueOf(blueprint.classes()),
            MEAN, array(normalization.mean()),
            DEVIATION, array(normalization.deviation()),
            LABELS, array(labels.stream().map(Json::quote).toList())));
  }

  /** The network with these weights. */
  TrainedNetwork trained(Network network, Map<String, Tensor> weights) {
    return new TrainedNetwork(network, weights, normalization, labels);
  }

  private static String array(List<?> values) {
    return values.stream().map(String::valueOf).collect(Collectors.joining(", ", "[", "]"));
  }

  static Metadata read(Map<String, String> strings) {
    if (strings.containsKey(DeltaFile.FORMAT)) {
      throw new IllegalArgumentException(
          "it is a delta, which holds only what changed. Make it a model again with its base: finch export DELTA --base MODEL");
    }
    requireVersion(strings, FORMAT, VERSION);
    return ofModel(strings);
  }

  static void requireVersion(Map<String, String> strings, String key, String known) {
    String version = require(strings, key);
    if (!version.equals(known)) {
      throw new IllegalArgumentException(
          "its %s is %s, but this version of Finch reads %s.".formatted(key, version, known));
    }
  }

  /** What both a model and a delta say of the model. */
  static Metadata ofModel(Map<String, String> strings) {
    List<BigDecimal> image = numbers(strings, IMAGE);
    if (image.size() != 3) {
      throw new IllegalArgumentException(
          "its %s should be [channels, height, width], but is %s.".formatted(IMAGE, image));
    }
    Shape shape = new Shape(whole(image.get(0)), whole(image.get(1)), whole(image.get(2)));
    int classes = whole(number(CLASSES, Json.read(require(strings, CLASSES))));
    return new Metadata(
        new Blueprint(require(strings, DESIGN), shape, classes),
        new Normalization(floats(strings, MEAN), floats(strings, DEVIATION)),
        elements(strings, LABELS).stream().map(label -> string(LABELS, label)).toList());
  }

  static String require(Map<String, String> strings, String key) {
    String value = strings.get(key);
    if (value == null) {
      throw new IllegalArgumentException(
          "its metadata lack %s: other programs' safetensors files hold weights without a network."
              .formatted(key));
    }
    return value;
  }

  private static List<Float> floats(Map<String, String> strings, String key) {
    return numbers(strings, key).stream().map(BigDecimal::floatValue).toList();
  }

  private static List<BigDecimal> numbers(Map<String, String> strings, String key) {
    return elements(strings, key).stream().map(element -> number(key, element)).toList();
  }

  private static List<?> elements(Map<String, String> strings, String key) {
    Object value = Json.read(require(strings, key));
    if (value instanceof List<?> list) {
      return list;
    }
    throw new IllegalArgumentException("its %s should be a list.".formatted(key));
  }

  private static BigDecimal number(String key, Object value) {
    if (value instanceof BigDecimal number) {
      return number;
    }
    throw new IllegalArgumentException("its %s should hold numbers, not %s.".formatted(key, value));
  }

  private static String string(String key, Object value) {
    if (value instanceof String string) {
      return string;
    }
    throw new IllegalArgumentException("its %s should hold strings, not %s.".formatted(key, value));
  }

  private static int whole(BigDecimal number) {
    try {
      return number.intValueExact();
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(number + " should be a whole number.", e);
    }
  }
}
