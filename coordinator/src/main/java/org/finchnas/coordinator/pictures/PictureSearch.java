package org.finchnas.coordinator.pictures;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.finchnas.coordinator.config.DataConfig;
import org.finchnas.coordinator.config.ExecutionConfig;
import org.finchnas.coordinator.config.ExportConfig;
import org.finchnas.coordinator.config.FileBytesConfig;
import org.finchnas.coordinator.config.FinalConfig;
import org.finchnas.coordinator.config.InitialConfig;
import org.finchnas.coordinator.config.ProxyConfig;
import org.finchnas.coordinator.config.SearchBudget;
import org.finchnas.coordinator.config.SearchConfig;
import org.finchnas.coordinator.config.StrategyConfig;
import org.finchnas.data.DataSetException;
import org.finchnas.data.PictureSurvey;
import org.finchnas.evaluation.ClassWeights;
import org.finchnas.evaluation.Constraint;
import org.finchnas.evaluation.Fidelity;
import org.finchnas.evaluation.Objective;
import org.finchnas.evaluation.Rungs;
import org.finchnas.evaluation.TrainingParams;

/**
 * Settings of a search that fits the pictures, the wishes and the speed of a machine: the same for
 * the same. Its resolution is the largest at which enough candidates can be tried in the time.
 */
public final class PictureSearch {

  /** Rows and columns that pictures are scaled to, largest first. */
  static final List<Integer> SIZES = List.of(64, 48, 32, 24, 16);

  /** A search should try so many before pictures may be larger. */
  static final int ENOUGH = 24;

  static final int FEWEST = 6;
  private static final int SMALLEST = 16;

  /** Below that a picture shows so little that fewer candidates are the smaller evil. */
  private static final int PLAIN = 32;

  private static final int MOST_EPOCHS = 40;
  private static final int MOST = 400;

  private static final double IMBALANCED = 1.5;
  private static final int MOST_IMAGES = 5000;

  /** Training steps of a candidate in all its folds: as many as there is time for. */
  private static final List<Integer> STEPS = List.of(1000, 500, 200, 100);

  /** Slots side by side share memory and caches. */
  private static final double SIDE_BY_SIDE = 0.85;

  /** Of the time for training, what goes to the networks that are used. */
  private static final double FINAL_SHARE = 0.4;

  private static final double MOST_FINAL_SHARE = 0.5;
  private static final int FEWEST_FINAL_IMAGES = 500;
  private static final int FEWEST_FINAL_EPOCHS = 5;
  private static final int MOST_FINAL_EPOCHS = 60;

  /** The most accurate of a front are larger than the network in the middle of a space. */
  private static final double WINNER = 1.5;

  private static final double START_SECONDS = 15;
  private static final double EXPORT_SECONDS = 10;
  private static final Duration SHORT = Duration.ofMinutes(20);
  private static final double SHORTEST_TRAINING_SECONDS = 10;

  private final PictureSurvey survey;
  private final PictureWishes wishes;
  private final TrainingSpeed speed;
  private final long images;
  private final PictureSplit split;
  private final int models;
  private final ExecutionConfig execution;
  private final Map<Integer, PictureSpace> spaces = new HashMap<>();

  private PictureSearch(
      PictureSurvey survey, PictureWishes wishes, TrainingSpeed speed, PictureSplit split) {
    this.survey = survey;
    this.wishes = wishes;
    this.speed = speed;
    this.images = survey.trainPictures();
    this.split = split;
    this.models = wishes.time().compareTo(SHORT) < 0 ? 1 : ExportConfig.DEFAULT.models();
    ExecutionConfig defaults = ExecutionConfig.defaults(wishes.slots());
    this.execution =
        new ExecutionConfig(
            wishes.slots(),
            2 * wishes.slots(),
            defaults.order(),
            defaults.timeoutMinutes(),
            defaults.retries(),
            defaults.memoryPerSlot(),
            defaults.maxSteps());
  }

  /**
   * Chooses.
   *
   * @throws DataSetException if there are too many pictures for one data set in any resolution
   */
  public static PictureChoice choose(
      PictureSurvey survey, PictureWishes wishes, TrainingSpeed speed) {
    List<PictureChoice> choices =
        PictureSplit.of(survey).stream()
            .map(split -> new PictureSearch(survey, wishes, speed, split).choose())
            .toList();
    return choices.stream()
        .filter(choice -> choice.config().budget().evaluations() >= ENOUGH)
        .findFirst()
        .orElse(choices.get(choices.size() - 1));
  }

  /** One resolution and what can be done with it in the time. */
  private record Trial(int size, int batch, int epochs, int trainImages, double evaluation) {}

  private PictureChoice choose() {
    double training = trainingSeconds();
    double forSearch = (1 - FINAL_SHARE) * training;
    List<Trial> trials = trials();
    Trial chosen =
        first(trials, trial -> trial.size >= PLAIN, ENOUGH, forSearch)
            .or(() -> first(trials, trial -> trial.size == PLAIN, ENOUGH / 2, forSearch))
            .or(() -> first(trials, trial -> true, ENOUGH / 2, forSearch))
            .orElseGet(() -> cheapest(trials));
    return choice(lengthened(chosen, forSearch), training);
  }

  private Optional<Trial> first(
      List<Trial> trials, Predicate<Trial> suits, int enough, double seconds) {
    return trials.stream()
        .filter(trial -> suits.test(trial) && evaluations(trial, seconds) >= enough)
        .findFirst();
  }

  private static Trial cheapest(List<Trial> trials) {
    return trials.stream()
        .min(Comparator.comparingDouble(Trial::evaluation))
        .orElseThrow(IllegalStateException::new);
  }

  /**
   * What would be best first: well trained in the largest size, ever smaller, then less trained.
   */
  private List<Trial> trials() {
    List<Integer> sizes =
        SIZES.stream()
            .filter(size -> survey.fits(size) && size <= Math.max(SMALLEST, survey.medianSide()))
            .toList();
    if (sizes.isEmpty()) {
      throw new DataSetException(
          "%s holds %d pictures, too many for one data set even as squares of %d pixels. Name a folder that holds fewer."
              .formatted(survey.folder(), survey.pictures(), SMALLEST));
    }
    return STEPS.stream().flatMap(steps -> sizes.stream().map(size -> trial(size, steps))).toList();
  }

  private Trial trial(int size, int steps) {
    List<Integer> batches = images < 2000 ? List.of(16, 8, 4) : List.of(32, 16, 8);
    int batch = space(size).batch(batches, execution.memoryPerSlot());
    int trainImages = images > 2 * MOST_IMAGES ? MOST_IMAGES : 0;
    double inEpoch =
        split.folds() * Math.max(1, Math.floor(split.learnt(images, trainImages) / batch));
    int epochs = (int) Math.max(2, Math.min(MOST_EPOCHS, Math.ceil(steps / inEpoch)));
    return trial(size, batch, epochs, trainImages);
  }

  private Trial trial(int size, int batch, int epochs, int trainImages) {
    double held = images - split.learnt(images, 0);
    double learnt = epochs * split.learnt(images, trainImages);
    double seconds = split.folds() * speed.seconds(space(size).medianMacs(), learnt, held);
    return new Trial(size, batch, epochs, trainImages, seconds);
  }

  /** With so much time that more candidates would tell little, each is trained longer. */
  private Trial lengthened(Trial trial, double seconds) {
    Trial longer = trial(trial.size, trial.batch, 2 * trial.epochs, trial.trainImages);
    return evaluations(longer, seconds) >= 2 * ENOUGH && longer.epochs <= MOST_EPOCHS
        ? lengthened(longer, seconds)
        : trial;
  }

  private PictureSpace space(int size) {
    return spaces.computeIfAbsent(size, any -> PictureSpace.of(size, survey.classes().size()));
  }

  private double setupSeconds() {
    return START_SECONDS + survey.decoding(wishes.slots()).toMillis() / 1e3;
  }

  /** For search and final training together. */
  private double trainingSeconds() {
    double rest = wishes.time().toSeconds() - setupSeconds() - models * EXPORT_SECONDS;
    return Math.max(SHORTEST_TRAINING_SECONDS, rest);
  }

  private double sideBySide(int trainings) {
    int atOnce = Math.min(wishes.slots(), trainings);
    return atOnce == 1 ? 1 : SIDE_BY_SIDE * atOnce;
  }

  private int evaluations(Trial trial, double seconds) {
    return (int) Math.min(MOST, seconds * sideBySide(MOST) / trial.evaluation);
  }

  /** As many epochs as fit; of so many pictures that even a few do not, fewer pictures. */
  private FinalConfig finals(Trial trial, double training) {
    double all = images * (1 - split.heldOut());
    double fitting = FINAL_SHARE * training / finalSeconds(trial, all);
    int epochs = (int) Math.max(FEWEST_FINAL_EPOCHS, Math.min(MOST_FINAL_EPOCHS, fitting));
    double part = MOST_FINAL_SHARE * training / finalSeconds(trial, epochs * all);
    int some = (int) Math.max(FEWEST_FINAL_IMAGES, part * all);
    return new FinalConfig(epochs, some < all ? some : 0, false);
  }

  private double finalSeconds(Trial trial, double learnt) {
    double macs = WINNER * space(trial.size).medianMacs();
    return speed.seconds(macs, learnt, 0) * models / sideBySide(models);
  }

  private double seconds(Trial trial, FinalConfig finals) {
    double learnt = finals.images() == 0 ? images * (1 - split.heldOut()) : finals.images();
    return finalSeconds(trial, finals.epochs() * learnt);
  }

  private PictureChoice choice(Trial trial, double training) {
    FinalConfig finals = finals(trial, training);
    double forFinals = seconds(trial, finals);
    double forSearch = Math.max(FINAL_SHARE * training, training - forFinals);
    int evaluations = Math.max(FEWEST, evaluations(trial, forSearch));
    double search = evaluations * trial.evaluation / sideBySide(MOST);
    // The estimate may be wrong: then the clock ends the search, but not before it found something.
    Duration limit = seconds(Math.max(forSearch, 1.5 * FEWEST * trial.evaluation));
    SearchConfig config = config(trial, new SearchBudget(evaluations, limit), finals);
    int larger = SIZES.indexOf(trial.size) - 1;
    boolean couldBeLarger = larger >= 0 && SIZES.get(larger) <= survey.medianSide();
    return new PictureChoice(
        config,
        new PictureReasons(survey, config).lines(couldBeLarger),
        seconds(setupSeconds()),
        seconds(search),
        seconds(forFinals),
        seconds(models * EXPORT_SECONDS));
  }

  private static Duration seconds(double seconds) {
    return Duration.ofSeconds(Math.max(1, (long) Math.ceil(seconds)));
  }

  private SearchConfig config(Trial trial, SearchBudget budget, FinalConfig finals) {
    StrategyConfig strategy = StrategyConfig.defaults(budget.evaluations());
    boolean timed = wishes.device() != null;
    TrainingParams usual = TrainingParams.DEFAULT;
    return new SearchConfig(
        PictureRunName.of(survey.folder()),
        1,
        new DataConfig(
            DataConfig.IMAGES + survey.folder().toAbsolutePath().normalize(),
            trial.size,
            split.heldOut(),
            0),
        PictureSpace.CONFIG,
        new StrategyConfig(
            strategy.kind(),
            strategy.population(),
            strategy.sample(),
            strategy.selection(),
            split.folds() == 1,
            strategy.generational(),
            null),
        ProxyConfig.DEFAULT,
        InitialConfig.DEFAULT,
        List.of(),
        wishes.device(),
        List.of(Objective.VALIDATION_ACCURACY, timed ? Objective.LATENCY : Objective.MACS),
        wishes.maxLatencyMillis() == null
            ? List.of()
            : List.of(new Constraint(Objective.LATENCY, wishes.maxLatencyMillis())),
        FileBytesConfig.DEFAULT,
        Rungs.only(new Fidelity(trial.epochs, trial.trainImages, 0, split.folds())),
        new TrainingParams(
            trial.batch,
            // Noisier gradients of smaller batches need smaller steps.
            usual.learningRate() * Math.min(1, trial.batch / 32.0),
            usual.momentum(),
            usual.weightDecay(),
            usual.dropPathKeep(),
            usual.gradientClip(),
            usual.flip(),
            trial.size / 8,
            survey.imbalance() >= IMBALANCED ? ClassWeights.BALANCED : ClassWeights.NONE),
        budget,
        execution,
        finals,
        new ExportConfig(List.of("onnx", "tflite", "coreml"), List.of("fp32"), models));
  }
}
