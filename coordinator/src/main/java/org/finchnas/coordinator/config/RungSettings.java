package org.finchnas.coordinator.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.finchnas.evaluation.Fidelity;
import org.finchnas.evaluation.Rungs;

/** Reads and writes the full fidelity and the rungs below it. */
final class RungSettings {

  private static final String EPOCHS = "epochs";
  private static final String RESOLUTION = "resolution";
  private static final String IN_ALL = "They count in all, up to the rung.";

  private RungSettings() {}

  /**
   * @param image rows and columns of the images of {@code data}, for which a search counts, limits
   *     and exports networks; 0 if that is not known
   */
  static Rungs read(Section root, int image) {
    Section top = root.section("fidelity");
    Fidelity full = atDataSize(TrainingSettings.readFidelity(top), image);
    if (image > 0 && full.resolution() != 0) {
      top.report(
          RESOLUTION,
          "(%d) must be 0 or data.image (%d): what a search counts, limits and exports are networks"
                  .formatted(full.resolution(), image)
              + " for images of that size.",
          "Set data.image to it, and leave it out here.");
    }
    Section section = root.section("rungs");
    int reduction = section.read("reduction", Rungs.DEFAULT_REDUCTION, ValueRule.integer(2));
    List<Section> lower = section.sections("lower");
    if (!top.hasProblem() && full.epochs() == 1 && !lower.isEmpty()) {
      section.report(
          "lower",
          "needs fidelity.epochs (1) of at least 2: epochs must rise from rung to rung.",
          "Raise fidelity.epochs, or leave rungs out.");
    }
    // Without a full fidelity, or with one of a single epoch, there is nothing to compare with.
    boolean ordered = !top.hasProblem() && full.epochs() > 1;
    List<Fidelity> fidelities = readLower(lower, full, ordered, image);
    fidelities.add(full);
    return ordered
        ? section.finish(() -> new Rungs(reduction, fidelities), Rungs.only(full))
        : Rungs.only(full);
  }

  /** Images as large as those of {@code data} are written in one way only. */
  private static Fidelity atDataSize(Fidelity fidelity, int image) {
    return fidelity.resolution() == image
        ? new Fidelity(fidelity.epochs(), fidelity.trainImages(), 0, fidelity.folds())
        : fidelity;
  }

  private static void requireSmaller(Section section, Fidelity rung, int image) {
    int resolution = rung.resolution();
    if (resolution != 0
        && image > 0
        && (resolution < DataConfig.SMALLEST_IMAGE || resolution > image)) {
      section.report(
          RESOLUTION,
          "(%d) must be 0, for data.image (%d), or from %d to that."
              .formatted(resolution, image, DataConfig.SMALLEST_IMAGE),
          "Maybe leave it out.");
    }
  }

  private static List<Fidelity> readLower(
      List<Section> lower, Fidelity full, boolean ordered, int image) {
    ValueRule<Integer> rule = ordered ? ValueRule.integer(1, full.epochs()) : ValueRule.integer(1);
    List<Fidelity> fidelities = new ArrayList<>();
    int last = -1;
    for (int i = 0; i < lower.size(); i++) {
      Section section = lower.get(i);
      int epochs = section.require(EPOCHS, 1, rule, IN_ALL);
      fidelities.add(atDataSize(TrainingSettings.readFidelity(section, full, epochs), image));
      if (!section.hasProblem()) {
        requireSmaller(section, fidelities.get(i), image);
      }
      if (ordered && !section.hasProblem()) {
        requireAtMost(section, fidelities.get(i), full);
      }
      if (ordered && last >= 0 && !section.hasProblem()) {
        requireAbove(section, fidelities.get(i), fidelities.get(last), lower.get(last).path());
      }
      last = section.hasProblem() ? last : i;
    }
    return fidelities;
  }

  private static void requireAtMost(Section section, Fidelity rung, Fidelity full) {
    String rule = "(%s) must not be above that of fidelity (%s).";
    if (amount(rung.trainImages()) > amount(full.trainImages())) {
      String values = rule.formatted(images(rung), images(full));
      section.report("images", values, leaveOut(full.trainImages()));
    }
  }

  private static void requireAbove(Section section, Fidelity rung, Fidelity below, String name) {
    if (rung.epochs() <= below.epochs()) {
      section.report(
          EPOCHS,
          "(%d) must be above that of %s (%d).".formatted(rung.epochs(), name, below.epochs()),
          IN_ALL);
    }
    String rule = "(%s) must not be below that of " + name + " (%s).";
    String wayOut = "Lower that one, or leave this out.";
    if (amount(rung.trainImages()) < amount(below.trainImages())) {
      section.report("images", rule.formatted(images(rung), images(below)), wayOut);
    }
    if (amount(rung.resolution()) < amount(below.resolution())) {
      section.report(RESOLUTION, rule.formatted(resolution(rung), resolution(below)), wayOut);
    }
  }

  private static String leaveOut(int byDefault) {
    return "Maybe leave it out: the default is %d.".formatted(byDefault);
  }

  private static String images(Fidelity fidelity) {
    return fidelity.trainImages() == 0 ? "0, all" : Integer.toString(fidelity.trainImages());
  }

  private static String resolution(Fidelity fidelity) {
    return fidelity.resolution() == 0 ? "0, native" : Integer.toString(fidelity.resolution());
  }

  /** 0 stands for all there is. */
  private static int amount(int setting) {
    return setting == 0 ? Integer.MAX_VALUE : setting;
  }

  static Map<String, Object> settings(Rungs rungs) {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("reduction", rungs.reduction());
    settings.put("lower", rungs.lower().stream().map(TrainingSettings::settings).toList());
    return settings;
  }
}
