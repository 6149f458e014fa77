package org.finchnas.coordinator.pictures;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.finchnas.coordinator.config.SearchConfig;
import org.finchnas.data.PictureSurvey;
import org.finchnas.evaluation.ClassWeights;

/** What was chosen for a folder of pictures and why, in words. */
final class PictureReasons {

  private final PictureSurvey survey;
  private final SearchConfig config;

  PictureReasons(PictureSurvey survey, SearchConfig config) {
    this.survey = survey;
    this.config = config;
  }

  /**
   * A line for each choice, with the setting that changes it.
   *
   * @param larger whether the pictures have more pixels than the next larger size would show
   */
  List<String> lines(boolean larger) {
    List<String> lines = new ArrayList<>();
    lines.add(size(larger));
    lines.add(validation());
    lines.add(weights());
    lines.add(space());
    lines.add(training());
    return lines;
  }

  private String size(boolean larger) {
    return "pictures of %1$dx%1$d pixels: %2$s (data.image)"
        .formatted(
            config.data().image(),
            larger
                ? "larger ones would leave time for fewer than %d candidates"
                    .formatted(PictureSearch.ENOUGH)
                : "larger ones would show no more");
  }

  private String validation() {
    int folds = config.fidelity().folds();
    return folds > 1
        ? "cross-validated in %d folds, as a fifth of %d pictures would be too few to tell networks apart: each candidate is trained %d times (fidelity.folds)"
            .formatted(folds, survey.trainPictures(), folds)
        : String.format(
            Locale.ROOT,
            "%.0f %% of the pictures to learn from are held out to tell networks apart (data.validation)",
            100 * config.data().validation());
  }

  private String weights() {
    String sizes =
        String.format(
            Locale.ROOT,
            "%s has %.1f times as many pictures as %s",
            survey.largest().label(),
            survey.imbalance(),
            survey.smallest().label());
    return config.training().classWeights() == ClassWeights.BALANCED
        ? "pictures of small classes count more in training: %s (training.classWeights)"
            .formatted(sizes)
        : "all pictures count alike, as the classes are of similar size (training.classWeights)";
  }

  private String space() {
    String limit =
        config.constraints().isEmpty()
            ? ""
            : String.format(
                Locale.ROOT, ", at most %s ms", amount(config.constraints().get(0).limit()));
    return "cells of the building blocks of phone networks (space), judged by accuracy and %s%s"
        .formatted(
            config.device() == null
                ? "multiply-accumulates (objectives)"
                : "estimated latency on " + config.device() + " (device)",
            limit);
  }

  private String training() {
    int images = config.fidelity().trainImages();
    return "%d candidates of %d epochs%s (budget, fidelity), then the best %s for %d epochs%s (final)"
        .formatted(
            config.budget().evaluations(),
            config.fidelity().epochs(),
            images == 0 ? "" : " on %d pictures".formatted(images),
            config.export().models() == 1 ? "one" : config.export().models(),
            config.finals().epochs(),
            config.finals().images() == 0
                ? ""
                : " on %d pictures".formatted(config.finals().images()));
  }

  private static String amount(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }
}
