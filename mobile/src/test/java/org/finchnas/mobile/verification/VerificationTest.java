package org.finchnas.mobile.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.finchnas.evaluation.Predictions;
import org.finchnas.evaluation.Predictor;
import org.junit.jupiter.api.Test;

class VerificationTest {

  private static final VerificationLimits LIMITS = new VerificationLimits(2, 1e-5, 1e-4, 1);
  private static final VerificationImages IMAGES =
      new VerificationImages(new byte[2], 2, List.of(0, 1));

  /** Says the same logits whatever it is shown. */
  private static final class Scripted implements Predictor {
    private final float[][] logits;

    Scripted(float[]... logits) {
      this.logits = logits;
    }

    @Override
    public Predictions predict(byte[] pixels, int count) {
      return Predictions.ofLogits(logits);
    }

    @Override
    public void close() {}
  }

  private static Verification compare(Scripted model, Scripted oracle) {
    return Verification.of(
        new NamedPredictor("model", model), new NamedPredictor("oracle", oracle), IMAGES, LIMITS);
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
        .contains("50.00 % of the images have the same class, but at least 100.00 % must");
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
            new NamedPredictor("oracle", both),
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
