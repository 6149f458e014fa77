package org.finchnas.worker.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.finchnas.evaluation.Epoch;
import org.finchnas.worker.NativeBackend;
import org.junit.jupiter.api.Test;

class NumericClassTest {

  private static final List<Epoch> CURVE = List.of(new Epoch(2.5, 0.5));

  @Test
  void namesWhatComputesAndHow() {
    assertThat(NumericClass.here())
        .startsWith(NativeBackend.select().description() + ", fingerprint ")
        .matches(".*, arithmetic \\d+, fingerprint [0-9a-f]{8}")
        .isEqualTo(NumericClass.here());
    assertThat(NativeBackend.isOfGpu(NumericClass.here())).isFalse();
  }

  @Test
  void theSampleEndsAlikeEachTime() {
    String fingerprint = NumericClass.fingerprint(SampleTraining.end());

    assertThat(NumericClass.fingerprint(SampleTraining.end())).isEqualTo(fingerprint);
    assertThat(NumericClass.here()).endsWith(fingerprint);
  }

  @Test
  void oneBitAnywhereChangesTheFingerprint() {
    float[] values = {1, -2, 3e-9f};
    float[] other = {1, -2, Math.nextUp(3e-9f)};
    String fingerprint = NumericClass.fingerprint(new Checkpoint(CURVE, values, values));
    List<Epoch> otherCurve = List.of(new Epoch(Math.nextUp(2.5), 0.5));

    assertThat(
            List.of(
                NumericClass.fingerprint(new Checkpoint(CURVE, other, values)),
                NumericClass.fingerprint(new Checkpoint(CURVE, values, other)),
                NumericClass.fingerprint(new Checkpoint(otherCurve, values, values))))
        .doesNotContain(fingerprint);
    assertThat(NumericClass.fingerprint(new Checkpoint(CURVE, values.clone(), values)))
        .isEqualTo(fingerprint);
  }
}
