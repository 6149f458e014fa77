package org.finchnas.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.finchnas.coordinator.config.SearchConfig;
import org.finchnas.coordinator.config.SearchConfigReader;
import org.finchnas.coordinator.pictures.PictureChoice;
import org.finchnas.coordinator.pictures.PictureSearch;
import org.finchnas.coordinator.pictures.TrainingSpeed;
import org.finchnas.data.DataSets;
import org.finchnas.data.PictureSurvey;
import org.finchnas.data.PictureSurvey.ClassCount;

/**
 * From a folder of pictures to the configuration of a search: looks, measures, chooses, and says
 * what it found and chose.
 */
final class PictureSession {

  private static final int NAMED_CLASSES = 12;
  private static final int NAMED_FILES = 3;
  private static final Duration WORTH_SAYING = Duration.ofSeconds(5);

  private final PictureOptions options;
  private final Output output;
  private final long startNanos = System.nanoTime();

  PictureSession(PictureOptions options, Output output) {
    this.options = options;
    this.output = output;
  }

  /** What is in the folder, in words for people too. */
  PictureSurvey survey() throws IOException {
    // What is wrong with the other wishes should not wait for a million files to be counted.
    options.time();
    options.millis();
    options.profile();
    output.say("Looking at the pictures in %s…", plain(options.folder().toString()));
    PictureSurvey survey = PictureSurvey.of(options.folder());
    lines(survey).forEach(output::say);
    return survey;
  }

  /**
   * The configuration of a search, after the pictures were decoded for it.
   *
   * @param overrides each {@code key.path=value}; they win over what is chosen
   * @param slots that train side by side
   * @param gpus to train on; none for the CPU
   */
  SearchConfig config(PictureSurvey survey, List<String> overrides, int slots, List<String> gpus)
      throws IOException {
    output.say("Measuring how fast a slot of this machine trains…");
    TrainingSpeed speed = SpeedMeasurement.here(gpus);
    Duration spent = Duration.ofNanos(System.nanoTime() - startNanos);
    PictureChoice choice = PictureSearch.choose(survey, options.wishes(spent, slots), speed);
    SearchConfig config = SearchConfigReader.with(choice.config(), overrides);
    say(choice, spent);
    if (!overrides.isEmpty()) {
      output.say("  changed by --set, as the rest was chosen: %s", String.join(", ", overrides));
    }
    decode(config, survey.decoding(Runtime.getRuntime().availableProcessors()));
    return config;
  }

  private void say(PictureChoice choice, Duration spent) {
    output.say("Chosen for %s; --set changes any:", Quantity.duration(options.time()));
    choice.reasons().forEach(line -> output.say("  %s", plain(line)));
    output.say(
        "Expected: about %s, of which %s for candidates and %s for training the best; at the latest after %s no further candidate is tried",
        Quantity.duration(choice.expected().plus(spent)),
        Quantity.duration(choice.search()),
        Quantity.duration(choice.finals()),
        Quantity.duration(
            Objects.requireNonNull(choice.config().budget().wallTime(), "budget.wallTime")));
    if (choice.expected().plus(spent).compareTo(options.time().multipliedBy(5).dividedBy(4)) > 0) {
      output.warn(
          "That is more than the %s of --time: less would find nothing worth using. Give it more time, fewer pictures, or stop it with Ctrl-C when you have waited enough; it can be resumed.",
          Quantity.duration(options.time()));
    }
  }

  /** Here rather than in the slots, which would seem to hang where it takes hours. */
  private void decode(SearchConfig config, Duration expected) {
    if (expected.compareTo(WORTH_SAYING) > 0) {
      output.say("Decoding the pictures, about %s…", Quantity.duration(expected));
    }
    DataSets.open(config.data().set(), config.data().image(), null, Places.cacheDirectory());
  }

  private List<String> lines(PictureSurvey survey) {
    String counts =
        "%s: %s in %d classes%s"
            .formatted(
                plain(survey.folder().toString()),
                Quantity.of(survey.pictures(), "picture"),
                survey.classes().size(),
                survey.tested()
                    ? ", with those to be tested on in a folder of their own"
                    : ", of which about a fifth is kept to test what is found");
    int last = survey.shorterSides().size() - 1;
    String sides =
        "  shorter side of %d that were opened: %d to %d pixels, half have %d or more"
            .formatted(
                survey.shorterSides().size(),
                survey.shorterSides().get(0),
                survey.shorterSides().get(last),
                survey.medianSide());
    return Stream.concat(Stream.of(counts, classes(survey), sides), damaged(survey).stream())
        .toList();
  }

  private static String classes(PictureSurvey survey) {
    List<ClassCount> classes =
        survey.classes().stream()
            .sorted(Comparator.comparingLong(ClassCount::all).reversed())
            .toList();
    String named =
        classes.stream()
            .limit(NAMED_CLASSES)
            .map(each -> plain(each.label()) + " " + Quantity.count(each.all()))
            .collect(Collectors.joining(", "));
    int more = classes.size() - NAMED_CLASSES;
    return "  "
        + named
        + (more > 0
            ? " and %d smaller, the smallest %s %s"
                .formatted(
                    more,
                    plain(classes.get(classes.size() - 1).label()),
                    Quantity.count(classes.get(classes.size() - 1).all()))
            : "");
  }

  private static List<String> damaged(PictureSurvey survey) {
    if (survey.damaged().isEmpty()) {
      return List.of();
    }
    String head =
        "  %d of %d that were opened do not decode and will be left out; all are looked at before the search"
            .formatted(survey.damaged().size(), survey.sampled());
    return Stream.concat(
            Stream.of(head),
            survey.damaged().stream().limit(NAMED_FILES).map(line -> "    " + plain(line)))
        .toList();
  }

  /** A name may hold what would move the cursor. */
  private static String plain(String text) {
    return text.replaceAll("\\p{Cntrl}", "?");
  }
}
