package org.finchnas.coordinator.config;

import java.util.LinkedHashMap;
import java.util.Map;
import org.finchnas.evaluation.ClassWeights;
import org.finchnas.evaluation.Fidelity;
import org.finchnas.evaluation.TrainingParams;

/** Reads and writes how candidates are trained. */
final class TrainingSettings {

  private static final Fidelity FIDELITY = new Fidelity(4, 0, 0);

  /** Beyond that each fold is so small that the time goes for little. */
  private static final int MOST_FOLDS = 20;

  private static final TrainingParams TRAINING = TrainingParams.DEFAULT;

  private TrainingSettings() {}

  static Fidelity readFidelity(Section section) {
    int epochs = section.read("epochs", FIDELITY.epochs(), ValueRule.integer(1));
    int folds = section.read("folds", FIDELITY.folds(), ValueRule.integer(1, MOST_FOLDS + 1));
    Fidelity once = readFidelity(section, FIDELITY, epochs);
    return new Fidelity(once.epochs(), once.trainImages(), once.resolution(), folds);
  }

  /** What a fidelity has beside its epochs. */
  static Fidelity readFidelity(Section section, Fidelity byDefault, int epochs) {
    int images = section.read("images", byDefault.trainImages(), ValueRule.integer(0));
    int resolution = section.read("resolution", byDefault.resolution(), ValueRule.integer(0));
    return section.finish(() -> new Fidelity(epochs, images, resolution), byDefault);
  }

  /** The full fidelity, which alone may have folds. */
  static Map<String, Object> fullSettings(Fidelity fidelity) {
    Map<String, Object> settings = settings(fidelity);
    settings.put("folds", fidelity.folds());
    return settings;
  }

  /** Without what came later and is at its default: the digests of older runs stay the same. */
  static Map<String, Object> decidingSettings(Fidelity full) {
    return full.folds() > 1 ? fullSettings(full) : settings(full);
  }

  static Map<String, Object> settings(Fidelity fidelity) {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("epochs", fidelity.epochs());
    settings.put("images", fidelity.trainImages());
    settings.put("resolution", fidelity.resolution());
    return settings;
  }

  static TrainingParams readTraining(Section section) {
    int batch = section.read("batch", TRAINING.batchSize(), ValueRule.integer(1));
    double rate = section.read("learningRate", TRAINING.learningRate(), positive());
    double momentum =
        section.read(
            "momentum",
            TRAINING.momentum(),
            ValueRule.number("of 0 or more and below 1", value -> value >= 0 && value < 1));
    double decay = section.read("weightDecay", TRAINING.weightDecay(), notNegative());
    double keep =
        section.read(
            "dropPathKeep",
            TRAINING.dropPathKeep(),
            ValueRule.number("above 0 and at most 1", value -> value > 0 && value <= 1));
    double clip = section.read("gradientClip", TRAINING.gradientClip(), notNegative());
    boolean flip = section.read("flip", TRAINING.flip(), ValueRule.flag());
    int padding = section.read("cropPadding", TRAINING.cropPadding(), ValueRule.integer(0));
    ClassWeights weights =
        section.read("classWeights", TRAINING.classWeights(), ValueRule.oneOf(ClassWeights.class));
    return section.finish(
        () -> new TrainingParams(batch, rate, momentum, decay, keep, clip, flip, padding, weights),
        TRAINING);
  }

  static Map<String, Object> settings(TrainingParams training) {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("batch", training.batchSize());
    settings.put("learningRate", training.learningRate());
    settings.put("momentum", training.momentum());
    settings.put("weightDecay", training.weightDecay());
    settings.put("dropPathKeep", training.dropPathKeep());
    settings.put("gradientClip", training.gradientClip());
    settings.put("flip", training.flip());
    settings.put("cropPadding", training.cropPadding());
    settings.put("classWeights", training.classWeights().token());
    return settings;
  }

  /** Without what came later and is at its default: the digests of older runs stay the same. */
  static Map<String, Object> decidingSettings(TrainingParams training) {
    Map<String, Object> settings = settings(training);
    if (training.classWeights() == ClassWeights.NONE) {
      settings.remove("classWeights");
    }
    return settings;
  }

  private static ValueRule<Double> positive() {
    return ValueRule.number("above 0", value -> value > 0);
  }

  private static ValueRule<Double> notNegative() {
    return ValueRule.number("of 0 or more", value -> value >= 0);
  }
}
