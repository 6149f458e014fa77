package org.finchnas.coordinator.pictures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.finchnas.coordinator.config.SearchConfig;
import org.finchnas.coordinator.config.SearchConfigReader;
import org.finchnas.data.DataSetException;
import org.finchnas.data.PictureSurvey;
import org.finchnas.data.PictureSurvey.ClassCount;
import org.finchnas.evaluation.ClassWeights;
import org.finchnas.evaluation.Constraint;
import org.finchnas.evaluation.Objective;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PictureSearchTest {

  private static final TrainingSpeed SPEED = new TrainingSpeed(0.5, 1e9);
  private static final PictureWishes HOUR = new PictureWishes(null, null, Duration.ofHours(1), 2);

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void whateverIsThereMakesAConfigurationThatIsReadBackAndEndsInTime(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    long[] counts =
        random.longs(2 + random.nextInt(30), 1, 1 + (1L << random.nextInt(1, 13))).toArray();
    PictureSurvey survey = survey(random.nextInt(8, 4000), counts);
    Duration time = Duration.ofMinutes(random.nextLong(20, 3000));
    PictureWishes wishes =
        new PictureWishes(
            random.nextBoolean() ? "pixel-1" : null, null, time, random.nextInt(1, 9));
    TrainingSpeed speed =
        new TrainingSpeed(random.nextDouble(3), Math.pow(10, random.nextDouble(8.5, 10)));

    PictureChoice choice = PictureSearch.choose(survey, wishes, speed);
    SearchConfig config = choice.config();

    assertThat(SearchConfigReader.with(config, List.of())).isEqualTo(config);
    assertThat(PictureSearch.choose(survey, wishes, speed)).isEqualTo(choice);
    assertThat(config.data().image()).isLessThanOrEqualTo(Math.max(16, survey.medianSide()));
    assertThat(config.fidelity().folds())
        .isLessThanOrEqualTo((int) Math.max(2, survey.smallest().train()));
    assertThat(config.strategy().inheritWeights()).isEqualTo(config.fidelity().folds() == 1);
    assertThat(choice.reasons()).hasSize(5).doesNotContain("");
    boolean asFewAsCanBe = config.budget().evaluations() == PictureSearch.FEWEST;
    assertThat(asFewAsCanBe || choice.expected().compareTo(time.plusMinutes(1)) <= 0)
        .as("%s for %s: %s", choice.expected(), time, config)
        .isTrue();
  }

  private static IntStream seeds() {
    return IntStream.range(0, 20);
  }

  @Test
  void moreTimeNeverMakesPicturesSmallerAndLessNeverMoreCandidatesThanItAllows() {
    PictureSurvey survey = survey(300, 2000, 2000, 2000);
    int last = 0;
    for (int minutes = 2; minutes < 5000; minutes *= 4) {
      PictureWishes wishes = new PictureWishes(null, null, Duration.ofMinutes(minutes), 2);
      int image = PictureSearch.choose(survey, wishes, SPEED).config().data().image();
      assertThat(image).isGreaterThanOrEqualTo(last);
      last = image;
    }
    assertThat(last).isEqualTo(64);
  }

  @Test
  void smallSetsAreCrossValidatedAndLargeOnesNot() {
    SearchConfig small = choose(survey(300, 100, 100, 100)).config();
    SearchConfig large = choose(survey(300, 1000, 1000, 1000)).config();

    assertThat(small.fidelity().folds()).isEqualTo(5);
    assertThat(large.fidelity().folds()).isEqualTo(1);
    assertThat(choose(survey(300, 100, 3)).config().fidelity().folds()).isEqualTo(3);
    PictureWishes soon = new PictureWishes(null, null, Duration.ofMinutes(1), 1);
    assertThat(PictureSearch.choose(survey(300, 100, 100), soon, SPEED).config().fidelity().folds())
        .isEqualTo(2);
    assertThat(String.join("\n", choose(survey(300, 100, 3)).reasons()))
        .contains("cross-validated in 3 folds");
  }

  @Test
  void unlikeClassesAreWeightedAndLikeOnesNot() {
    assertThat(choose(survey(300, 100, 400)).config().training().classWeights())
        .isEqualTo(ClassWeights.BALANCED);
    assertThat(choose(survey(300, 100, 120)).config().training().classWeights())
        .isEqualTo(ClassWeights.NONE);
    assertThat(String.join("\n", choose(survey(300, 100, 400)).reasons()))
        .contains("class-1 has 4.0 times as many pictures as class-0");
  }

  @Test
  void aDeviceAndALatencyAreAskedFor() {
    PictureWishes wishes = new PictureWishes("pixel-1", 20.0, Duration.ofHours(1), 2);

    SearchConfig config = PictureSearch.choose(survey(300, 500, 500), wishes, SPEED).config();

    assertThat(config.device()).isEqualTo("pixel-1");
    assertThat(config.objectives())
        .containsExactly(Objective.VALIDATION_ACCURACY, Objective.LATENCY);
    assertThat(config.constraints()).containsExactly(new Constraint(Objective.LATENCY, 20));
    assertThatThrownBy(() -> new PictureWishes(null, 20.0, Duration.ofHours(1), 2))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void smallPicturesAreNotEnlarged() {
    assertThat(choose(survey(28, 500, 500)).config().data().image()).isEqualTo(24);
    assertThat(String.join("\n", choose(survey(28, 500, 500)).reasons()))
        .contains("24x24 pixels: larger ones would show no more");
  }

  @Test
  void aMillionPicturesMustFitIntoOneDataSet() {
    PictureSurvey million = survey(300, 500_000, 500_000);
    PictureWishes day = new PictureWishes(null, null, Duration.ofDays(10), 8);
    SearchConfig config = PictureSearch.choose(million, day, SPEED).config();
    long side = config.data().image();

    assertThat(3 * side * side * million.pictures()).isLessThanOrEqualTo(Integer.MAX_VALUE);
    assertThat(config.fidelity().trainImages()).isPositive();
    assertThatThrownBy(() -> choose(survey(300, 2_000_000, 2_000_000)))
        .isInstanceOf(DataSetException.class)
        .hasMessageContaining("4000002 pictures, too many");
  }

  @ParameterizedTest
  @CsvSource({
    "/home/me/birds, birds",
    "/home/me/my birds & \"friends\" 🐦, my-birds-friends",
    "/home/me/2026, pictures",
    "/home/me/2026-birds, birds",
    "/, pictures",
    "/home/me/小鳥, pictures"
  })
  void aRunIsCalledAsItsFolder(Path folder, String name) {
    assertThat(PictureRunName.of(folder)).isEqualTo(name);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void aSpeedIsRecoveredFromTwoTrainings(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    TrainingSpeed speed = new TrainingSpeed(random.nextDouble(2), random.nextDouble(1e8, 1e10));
    double macs = random.nextDouble(1e5, 1e8);

    TrainingSpeed found =
        TrainingSpeed.between(
            macs, 100, speed.seconds(macs, 100, 0), 900, speed.seconds(macs, 900, 0));

    if (speed.startSeconds() < 8 * macs * 100 / speed.macsPerSecond()) {
      assertThat(found.startSeconds()).isCloseTo(speed.startSeconds(), within(1e-6));
      assertThat(found.macsPerSecond() / speed.macsPerSecond()).isCloseTo(1, within(1e-6));
    }
    assertThat(TrainingSpeed.between(macs, 100, 2, 900, 1.9).macsPerSecond()).isPositive();
  }

  private static PictureChoice choose(PictureSurvey survey) {
    return PictureSearch.choose(survey, HOUR, SPEED);
  }

  private static PictureSurvey survey(int side, long... train) {
    return survey(Path.of("/home/me/birds"), side, train);
  }

  private static PictureSurvey survey(Path folder, int side, long... train) {
    List<ClassCount> classes =
        IntStream.range(0, train.length)
            .mapToObj(i -> new ClassCount("class-" + i, train[i], 1))
            .toList();
    return new PictureSurvey(
        folder, classes, false, 1, List.of(), List.of(side), Duration.ofMillis(1), List.of());
  }
}
