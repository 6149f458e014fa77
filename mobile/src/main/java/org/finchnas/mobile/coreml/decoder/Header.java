package org.finchnas.mobile.coreml.decoder;

import java.util.LinkedHashMap;
import java.util.Map;
import org.finchnas.mobile.Precision;
import org.finchnas.searchspace.network.Shape;

/**
 * What a model says of itself.
 *
 * @param image name of the input
 * @param logits name of the output that is an array
 * @param properties author, version, licence and what the author added
 */
record Header(
    int specification, String image, Shape input, String logits, Map<String, String> properties) {

  private static final int GRAY = 10;
  private static final int RGB = 20;

  static Header of(WireMessage model) {
    WireMessage description = model.message(2);
    WireMessage input = description.message(1);
    WireMessage picture = input.message(3).message(4);
    Shape shape =
        new Shape(
            channels((int) picture.integer(3, 0)),
            (int) picture.integer(2, 0),
            (int) picture.integer(1, 0));
    return new Header(
        (int) model.integer(1, 0),
        input.text(1),
        shape,
        logits(description),
        properties(description.message(100)));
  }

  private static int channels(int colors) {
    return switch (colors) {
      case GRAY -> 1;
      case RGB -> 3;
      default -> throw new MalformedModelException("pictures of colours " + colors);
    };
  }

  private static String logits(WireMessage description) {
    return description.messages(10).stream()
        .filter(output -> output.message(3).has(5))
        .map(output -> output.text(1))
        .findFirst()
        .orElseThrow(() -> new MalformedModelException("no output is an array"));
  }

  private static Map<String, String> properties(WireMessage metadata) {
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put("summary", metadata.text(1));
    properties.put("version", metadata.text(2));
    properties.put("author", metadata.text(3));
    properties.put("license", metadata.text(4));
    metadata.map(100).forEach((key, entry) -> properties.put(key, entry.text(2)));
    return Map.copyOf(properties);
  }

  Precision precision() {
    String token = properties.get("precision");
    if (token == null) {
      throw new MalformedModelException("the precision is not given");
    }
    return Precision.ofToken(token);
  }
}
