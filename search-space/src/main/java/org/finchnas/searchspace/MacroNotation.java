package org.finchnas.searchspace;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.finchnas.searchspace.network.Layer;
import org.jspecify.annotations.Nullable;

/** The first part of a {@link Notation}: {@code n=6,f=32,stem=cifar,image=32} and what differs. */
final class MacroNotation {

  private static final String MULTIPLIER = "stemMultiplier";
  private static final String SKIP = "skipReductionInput";
  private static final String KEEP = "headKeep";
  private static final String EPSILON = "batchNormEpsilon";
  private static final String DECAY = "batchNormDecay";
  private static final List<String> KEYS =
      List.of("n", "f", "stem", "image", MULTIPLIER, SKIP, KEEP, EPSILON, DECAY);

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
    Macro usual = new Macro(macro.cellsPerStack(), macro.initialFilters(), stem, macro.imageSize());
    StringBuilder text = new StringBuilder();
    text.append("n=").append(macro.cellsPerStack());
    text.append(",f=").append(macro.initialFilters());
    text.append(",stem=").append(stem.name().toLowerCase(Locale.ROOT));
    text.append(",image=").append(macro.imageSize());
    append(text, MULTIPLIER, macro.stemMultiplier(), usual.stemMultiplier());
    append(text, SKIP, macro.skipReductionInput(), usual.skipReductionInput());
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
    Stem stem = stem();
    NotationPiece image = values.get("image");
    int imageSize = image == null ? stem.defaultImageSize() : image.integer();
    Macro usual = new Macro(required("n").integer(), required("f").integer(), stem, imageSize);
    NotationPiece multiplier = values.get(MULTIPLIER);
    NotationPiece skip = values.get(SKIP);
    return new Macro(
        usual.cellsPerStack(),
        usual.initialFilters(),
        stem,
        imageSize,
        multiplier == null ? usual.stemMultiplier() : multiplier.integer(),
        skip == null ? usual.skipReductionInput() : skip.flag(),
        decimal(KEEP, usual.headKeep()),
        new Layer.BatchNorm(
            decimal(EPSILON, usual.batchNorm().epsilon()),
            decimal(DECAY, usual.batchNorm().decay())));
  }

  private Stem stem() {
    NotationPiece piece = values.get("stem");
    if (piece == null) {
      return Stem.CIFAR;
    }
    return switch (piece.text()) {
      case "cifar" -> Stem.CIFAR;
      case "imagenet" -> Stem.IMAGENET;
      default -> throw piece.error("there is no such stem. Known are cifar and imagenet.");
    };
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
