package org.finchnas.searchspace.notation;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.finchnas.searchspace.DidYouMean;
import org.finchnas.searchspace.Macro;
import org.finchnas.searchspace.Stem;
import org.finchnas.searchspace.Wiring;
import org.finchnas.searchspace.json.Json;
import org.finchnas.searchspace.network.ActivationFunction;
import org.finchnas.searchspace.network.Layer;

/** The settings of a {@link Macro} in JSON, under the names of its components. */
final class JsonMacro {

  private static final String CELLS = "cellsPerStack";
  private static final String FILTERS = "initialFilters";
  private static final String STEM = "stem";
  private static final String IMAGE = "imageSize";
  private static final String MULTIPLIER = "stemMultiplier";
  private static final String WIRING = "wiring";
  private static final String SKIP = "skipReductionInput";
  private static final String ACTIVATION = "activation";
  private static final String SQUEEZE = "squeezeExcite";
  private static final String KEEP = "headKeep";
  private static final String BATCH_NORM = "batchNorm";
  private static final String EPSILON = "epsilon";
  private static final String DECAY = "decay";
  private static final List<String> KEYS =
      List.of(
          CELLS,
          FILTERS,
          STEM,
          IMAGE,
          MULTIPLIER,
          WIRING,
          SKIP,
          ACTIVATION,
          SQUEEZE,
          KEEP,
          BATCH_NORM);

  private JsonMacro() {}

  static String write(Macro macro) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put(CELLS, macro.cellsPerStack());
    values.put(FILTERS, macro.initialFilters());
    values.put(STEM, Json.quote(macro.stem().token()));
    values.put(IMAGE, macro.imageSize());
    values.put(MULTIPLIER, macro.stemMultiplier());
    values.put(WIRING, Json.quote(macro.wiring().token()));
    values.put(SKIP, macro.skipReductionInput());
    values.put(ACTIVATION, Json.quote(macro.activation().token()));
    values.put(SQUEEZE, macro.squeezeExcite());
    values.put(KEEP, macro.headKeep());
    values.put(
        BATCH_NORM,
        "{\"epsilon\": %s, \"decay\": %s}"
            .formatted(macro.batchNorm().epsilon(), macro.batchNorm().decay()));
    return values.entrySet().stream()
        .map(entry -> "    %s: %s".formatted(Json.quote(entry.getKey()), entry.getValue()))
        .collect(Collectors.joining(",\n", "{\n", "\n  }"));
  }

  static Macro read(Piece piece) {
    Members members = piece.members().requireKnown(KEYS);
    int cells = members.required(CELLS).integer();
    int filters = members.required(FILTERS).integer();
    Stem stem = choice(members.required(STEM), Stem.values(), Stem::token);
    int image = members.required(IMAGE).integer();
    // Of settings that hold for every wiring.
    Macro usual = new Macro(1, 8, stem, 32);
    return piece.build(
        () ->
            new Macro(
                cells,
                filters,
                stem,
                image,
                members.optional(MULTIPLIER).map(Piece::integer).orElse(usual.stemMultiplier()),
                members
                    .optional(WIRING)
                    .map(wiring -> choice(wiring, Wiring.values(), Wiring::token))
                    .orElse(usual.wiring()),
                members.optional(SKIP).map(Piece::flag).orElse(usual.skipReductionInput()),
                members.optional(ACTIVATION).map(JsonMacro::activation).orElse(usual.activation()),
                members.optional(SQUEEZE).map(Piece::flag).orElse(usual.squeezeExcite()),
                members.optional(KEEP).map(Piece::decimal).orElse(usual.headKeep()),
                members.optional(BATCH_NORM).map(JsonMacro::batchNorm).orElse(usual.batchNorm())));
  }

  private static ActivationFunction activation(Piece piece) {
    return choice(piece, ActivationFunction.values(), ActivationFunction::token);
  }

  private static Layer.BatchNorm batchNorm(Piece piece) {
    Members members = piece.members().requireKnown(List.of(EPSILON, DECAY));
    double epsilon = members.required(EPSILON).decimal();
    double decay = members.required(DECAY).decimal();
    return piece.build(() -> new Layer.BatchNorm(epsilon, decay));
  }

  private static <T> T choice(Piece piece, T[] known, Function<T, String> word) {
    List<String> words = Arrays.stream(known).map(word).toList();
    int index = words.indexOf(piece.string());
    if (index < 0) {
      throw piece.error("there is no such choice. " + DidYouMean.sentence(piece.string(), words));
    }
    return known[index];
  }
}
