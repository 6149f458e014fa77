package org.finchnas.mobile.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.finchnas.evaluation.Predictions;
import org.finchnas.evaluation.Predictor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerificationTest {

  private static final VerificationLimits LIMITS = new VerificationLimits(2, 1e-5, 1e-4, 1, 0, 0);
  private static final VerificationImages IMAGES =
      new VerificationImages(new byte[] {0, 1}, 2, List.of(0, 1));

  /** Says these logits of the images, which are told apart by their only pixel. */
  private static final class Scripted implements Predictor {
    private final float[][] logits;

    Scripted(float[]... logits) {
      this.logits = logits;
    }

    @Override
    public Predictions predict(byte[] pixels, int count) {
      float[][] rows = new float[count][];
      for (int i = 0; i < count; i++) {
        rows[i] = logits[pixels[i]];
      }
      return Predictions.ofLogits(rows);
    }

    @Override
    public void close() {}
  }

  private static Verification compare(Scripted model, Scripted oracle) {
    return Verification.of(
        new NamedPredictor("model", model), Oracle.exact("oracle", oracle), IMAGES, LIMITS);
  }

  @Test
  void equalPredictionsPass() {
    Scripted both = new Scripted(new float[] {1, 2}, new float[] {4, -6});
    Verification verification = compare(both, both);
    assertThat(verification.passed()).isTrue();
    assertThat(verification.accuracy()).isEqualTo(0.0);
  }

  @Test
  void aLogitIsMeasuredAgainstTheRangeOfAll() {
    Verification verification =
        compare(
            new Scripted(new float[] {1, 2.01f}, new float[] {4, -6}),
            new Scripted(new float[] {1, 2}, new float[] {4, -6}));
    assertThat(verification.logitDifference()).isCloseTo(0.001, within(1e-6));
    assertThat(verification.topAgreement()).isEqualTo(1);
    assertThat(verification.violations())
        .hasSize(2)
        .last()
        .isEqualTo(
            "a logit differs by 0.00100 of the logits' range, but at most 0.000100 is allowed");
  }

  /** The network itself is 5e-5 from the exact probability of the second image, 1/2. */
  private static Verification besideExact(float[] ofFile, float[] ofNetwork) {
    return Verification.of(
        new NamedPredictor("model", new Scripted(new float[] {1, 2}, ofFile)),
        new Oracle(
            "oracle",
            new Scripted(new float[] {1, 2}, ofNetwork),
            new Scripted(new float[] {1, 2}, new float[] {300, 300})),
        IMAGES,
        new VerificationLimits(2, 1e-5, 1e-4, 0, 0, 0));
  }

  @Test
  void aFileAsCloseToExactArithmeticAsItsNetworkPasses() {
    Verification rounded = besideExact(new float[] {300, 299.9997f}, new float[] {300, 300.0002f});
    assertThat(rounded.probabilityDifference()).isGreaterThan(1e-4);
    assertThat(rounded.imagesApart()).isEqualTo(1);
    assertThat(rounded.imagesRounded()).isEqualTo(1);
    assertThat(rounded.violations()).isEmpty();
  }

  @Test
  void aFileFartherFromExactArithmeticThanItsNetworkFails() {
    Verification wrong = besideExact(new float[] {300, 299.999f}, new float[] {300, 300.0002f});
    assertThat(wrong.violations())
        .singleElement()
        .asString()
        .startsWith("a probability differs by 0.000305, but at most 1.00e-05 is allowed")
        .endsWith("(images that differ: 1, by the network's own rounding: 0)");
    Verification exactNetwork = besideExact(new float[] {300, 299.9998f}, new float[] {300, 300});
    assertThat(exactNetwork.passed()).isFalse();
  }

  @Test
  void anImageThatIsNotANumberIsNoRounding() {
    Verification broken = besideExact(new float[] {300, Float.NaN}, new float[] {300, Float.NaN});
    assertThat(broken.passed()).isFalse();
  }

  @Test
  void tooManyImagesApartAreNotSettledOneByOne() {
    int count = ExactArithmetic.MOST_IMAGES + 1;
    float[][] file = new float[count][];
    float[][] network = new float[count][];
    float[][] exact = new float[count][];
    byte[] pixels = new byte[count];
    for (int i = 0; i < count; i++) {
      pixels[i] = (byte) i;
      file[i] = new float[] {300, 299.9998f};
      network[i] = new float[] {300, 300.0002f};
      exact[i] = new float[] {300, 300};
    }
    Verification many =
        Verification.of(
            new NamedPredictor("model", new Scripted(file)),
            new Oracle("oracle", new Scripted(network), new Scripted(exact)),
            new VerificationImages(pixels, count, List.of()),
            new VerificationLimits(2, 1e-5, 1e-4, 0, 0, 0));
    assertThat(many.imagesApart()).isEqualTo(count);
    assertThat(many.passed()).isFalse();
  }

  @Test
  void anotherClassIsCounted() {
    Verification verification =
        compare(
            new Scripted(new float[] {1, 2}, new float[] {-6, 4}),
            new Scripted(new float[] {1, 2}, new float[] {4, -6}));
    assertThat(verification.topAgreement()).isEqualTo(0.5);
    assertThat(verification.accuracy()).isEqualTo(0.5);
    assertThat(verification.oracleAccuracy()).isEqualTo(0.0);
    assertThat(verification.violations())
        .contains(
            "50.00 % of the 2 images that the network decides have the same class, but at least 100.00 % must");
  }

  private static Verification compareMany(
      int count, IntFunction<float[]> ofFile, IntFunction<float[]> ofNetwork) {
    byte[] pixels = new byte[count];
    List<Integer> classes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      pixels[i] = (byte) i;
      classes.add(0);
    }
    return Verification.of(
        new NamedPredictor("model", scripted(count, ofFile)),
        Oracle.exact("oracle", scripted(count, ofNetwork)),
        new VerificationImages(pixels, count, classes),
        new VerificationLimits(2, 1, 1, 0.95, 0.2, 0.01));
  }

  private static Scripted scripted(int count, IntFunction<float[]> logits) {
    return new Scripted(IntStream.range(0, count).mapToObj(logits).toArray(float[][]::new));
  }

  /** Logits that differ by 0.15 are probabilities that differ by 0.07. */
  @Test
  void whereTheNetworkDoesNotDecideAnotherClassIsNoDisagreement() {
    Verification undecided =
        compareMany(
            10,
            i -> new float[] {i % 2 * 0.3f, 0.15f},
            i -> new float[] {(i + 1) % 2 * 0.3f, 0.15f});
    assertThat(undecided.topAgreement()).isZero();
    assertThat(undecided.imagesDecided()).isZero();
    assertThat(undecided.violations()).isEmpty();
    Verification decided =
        compareMany(10, i -> new float[] {i % 2 * 2, 1}, i -> new float[] {(i + 1) % 2 * 2, 1});
    assertThat(decided.imagesDecided()).isEqualTo(10);
    assertThat(decided.violations())
        .containsExactly(
            "0.00 % of the 10 images that the network decides have the same class, but at least 95.00 % must");
  }

  /** Of 100 images, class 0 all: so many are no longer right, and so many newly are. */
  @ParameterizedTest
  @CsvSource({"5, 0, true", "6, 0, false", "7, 0, false", "20, 12, true", "24, 10, false"})
  void accuracyMayFallByALimitAndWhatChanceExplains(int spoiled, int repaired, boolean passes) {
    Verification verification =
        compareMany(
            100,
            i -> i < spoiled ? new float[] {0, 0.01f} : new float[] {0.01f, 0},
            i -> i >= 100 - repaired ? new float[] {0, 0.01f} : new float[] {0.01f, 0});
    assertThat(verification.imagesSpoiled()).isEqualTo(spoiled);
    assertThat(verification.imagesRepaired()).isEqualTo(repaired);
    assertThat(verification.accuracyLost()).isCloseTo((spoiled - repaired) / 100.0, within(1e-12));
    assertThat(verification.violations())
        .allSatisfy(each -> assertThat(each).startsWith("accuracy falls by "))
        .hasSize(passes ? 0 : 1);
  }

  @Test
  void notANumberNeverPasses() {
    Scripted good = new Scripted(new float[] {1, 2}, new float[] {4, -6});
    Scripted bad = new Scripted(new float[] {1, 2}, new float[] {4, Float.NaN});
    assertThat(compare(bad, good).passed()).isFalse();
    assertThat(compare(good, bad).passed()).isFalse();
    assertThat(compare(bad, bad).passed()).isFalse();
  }

  @Test
  void classesThatAreNotKnownGiveNoAccuracy() {
    Scripted both = new Scripted(new float[] {1, 2}, new float[] {4, -6});
    Verification verification =
        Verification.of(
            new NamedPredictor("model", both),
            Oracle.exact("oracle", both),
            new VerificationImages(new byte[2], 2, List.of()),
            LIMITS);
    assertThat(verification.accuracy()).isNull();
    assertThat(verification.oracleAccuracy()).isNull();
  }

  @Test
  void networksOfDifferentClassesCannotBeCompared() {
    Scripted two = new Scripted(new float[] {1, 2}, new float[] {4, -6});
    Scripted three = new Scripted(new float[] {1, 2, 3}, new float[] {4, -6, 3});
    assertThatThrownBy(() -> compare(two, three))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2 classes in model, the network 3 in oracle");
  }
}
