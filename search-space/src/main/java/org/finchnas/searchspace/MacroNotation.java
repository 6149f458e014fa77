package org.finchnas.searchspace;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.finchnas.searchspace.network.ActivationFunction;
import org.finchnas.searchspace.network.Layer;
import org.jspecify.annotations.Nullable;

/** The first part of a {@link Notation}: {@code n=6,f=32,stem=cifar,image=32} and what differs. */
final class MacroNotation {

  private static final String MULTIPLIER = "stemMultiplier";
  private static final String SKIP = "skipReductionInput";
  private static final String WIRING = "wiring";
  private static final String ACTIVATION = "activation";
  private static final String SQUEEZE = "squeezeExcite";
  private static final String KEEP = "headKeep";
  private static final String EPSILON = "batchNormEpsilon";
  private static final String DECAY = "batchNormDecay";
  private static final List<String> KEYS =
      List.of(
          "n",
          "f",
          "stem",
          "image",
          MULTIPLIER,
          WIRING,
          SKIP,
          ACTIVATION,
          SQUEEZE,
          KEEP,
          EPSILON,
          DECAY);

  private final NotationPiece whole;
  private final Map<String, NotationPiece> values = new TreeMap<>();

  private MacroNotation(NotationPiece whole) {
    this.whole = whole;
    for (NotationPiece setting : whole.split(',')) {
      List<NotationPiece> halves = setting.splitOnce('=', "key=value");
      NotationPiece key = halves.get(0);
      if (!KEYS.contains(key.text())) {
        throw key.error("there is no such setting. " + DidYouMean.sentence(key.text(), KEYS));
      }
      if (values.put(key.text(), halves.get(1)) != null) {
        throw key.error("it is given twice.");
      }
    }
  }

  static String write(Macro macro) {
    Stem stem = macro.stem();
    // Of settings that hold for every wiring.
    Macro usual = new Macro(macro.cellsPerStack(), 8, stem, macro.imageSize());
    StringBuilder text = new StringBuilder();
    text.append("n=").append(macro.cellsPerStack());
    text.append(",f=").append(macro.initialFilters());
    text.append(",stem=").append(stem.token());
    text.append(",image=").append(macro.imageSize());
    append(text, MULTIPLIER, macro.stemMultiplier(), usual.stemMultiplier());
    append(text, WIRING, macro.wiring().token(), usual.wiring().token());
    append(text, SKIP, macro.skipReductionInput(), usual.skipReductionInput());
    append(text, ACTIVATION, macro.activation().token(), usual.activation().token());
    append(text, SQUEEZE, macro.squeezeExcite(), usual.squeezeExcite());
    append(text, KEEP, macro.headKeep(), usual.headKeep());
    append(text, EPSILON, macro.batchNorm().epsilon(), usual.batchNorm().epsilon());
    append(text, DECAY, macro.batchNorm().decay(), usual.batchNorm().decay());
    return text.toString();
  }

  private static void append(StringBuilder text, String key, Object value, Object usual) {
    if (!value.equals(usual)) {
      text.append(',').append(key).append('=').append(value);
    }
  }

  static Macro read(NotationPiece whole) {
    MacroNotation settings = new MacroNotation(whole);
    return whole.build(any -> settings.macro());
  }

  private Macro macro() {
    Stem stem = choice("stem", Stem.values(), Stem::token, Stem.CIFAR);
    return new Macro(
        required("n").integer(),
        required("f").integer(),
        stem,
        integer("image", stem.defaultImageSize()),
        integer(MULTIPLIER, stem.defaultMultiplier()),
        choice(WIRING, Wiring.values(), Wiring::token, Wiring.NASNET),
        flag(SKIP),
        choice(
            ACTIVATION,
            ActivationFunction.values(),
            ActivationFunction::token,
            ActivationFunction.RELU),
        flag(SQUEEZE),
        decimal(KEEP, 1),
        new Layer.BatchNorm(
            decimal(EPSILON, stem.defaultBatchNorm().epsilon()),
            decimal(DECAY, stem.defaultBatchNorm().decay())));
  }

  private <T> T choice(String key, T[] known, Function<T, String> word, T usual) {
    NotationPiece piece = values.get(key);
    if (piece == null) {
      return usual;
    }
    List<String> words = Arrays.stream(known).map(word).toList();
    int index = words.indexOf(piece.text());
    if (index < 0) {
      throw piece.error(
          "there is no such %s. %s".formatted(key, DidYouMean.sentence(piece.text(), words)));
    }
    return known[index];
  }

  private int integer(String key, int usual) {
    NotationPiece piece = values.get(key);
    return piece == null ? usual : piece.integer();
  }

  private boolean flag(String key) {
    NotationPiece piece = values.get(key);
    return piece != null && piece.flag();
  }

  private double decimal(String key, double usual) {
    NotationPiece piece = values.get(key);
    return piece == null ? usual : piece.decimal();
  }

  private NotationPiece required(String key) {
    @Nullable NotationPiece piece = values.get(key);
    if (piece == null) {
      throw whole.error("%s is missing, as in n=1,f=8,stem=cifar,image=32.".formatted(key));
    }
    return piece;
  }
}
