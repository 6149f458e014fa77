package org.finchnas.worker.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.finchnas.evaluation.Predictions;
import org.finchnas.evaluation.TrainingParams;
import org.finchnas.searchspace.network.Head;
import org.finchnas.searchspace.network.Network;
import org.finchnas.searchspace.network.Tensor;
import org.finchnas.searchspace.network.TrainedNetwork;
import org.finchnas.worker.graph.Dl4jPredictor;
import org.finchnas.worker.training.TrainingOutcome.Finished;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A network that tells upper from lower halves learns to tell left from right ones, and others. */
class TransferTest {

  private static final TrainingParams PARAMS =
      new TrainingParams(16, 0.05, 0.9, 1e-4, 0.8, 5, false, 1);
  private static final TrainingImages SIDES = Halves.sides(200, 90);
  private static final TrainingListener NOBODY = (epochs, last) -> {};

  @TempDir private static Path anywhere;
  private static TrainedNetwork base;

  @BeforeAll
  static void trainBase() {
    TrainingPlan plan = new TrainingPlan(PARAMS, 4, 3, false, 0, 0, null);
    base =
        ((Finished)
                Trainer.train(
                    Halves.network(), Halves.images(200, 90), plan, Checkpoints.NONE, NOBODY))
            .network();
  }

  @Test
  void theHeadLearnsAndTheBodyStaysAsItIsToTheBit() {
    Finished finished = transferred(plan(10, 0), none());

    Map<String, List<Integer>> before = bits(base);
    Map<String, List<Integer>> after = bits(finished.network());
    assertThat(after.keySet()).isEqualTo(before.keySet());
    assertThat(before).hasSize(12);
    List<String> changed =
        after.keySet().stream().filter(key -> !same(before, after, key)).toList();
    assertThat(changed).containsExactly("classifier/bias", "classifier/weights");
    assertThat(finished.network().normalization()).isEqualTo(base.normalization());
    assertThat(finished.network().labels()).isEqualTo(SIDES.labels());
    assertThat(finished.accuracy()).isGreaterThan(0.8);
    assertThat(finished.learningCurve()).hasSize(10);
  }

  private static boolean same(
      Map<String, List<Integer>> one, Map<String, List<Integer>> other, String key) {
    return Objects.equals(one.get(key), other.get(key));
  }

  /** Measured after training by the whole network, not by the head on features. */
  @Test
  void theAccuracyIsThatOfTheWholeNetwork() {
    Finished finished = transferred(plan(5, 0), none());
    LabelledImages held = SIDES.held();

    Predictions predictions = predictions(finished.network(), held);
    int right = 0;
    for (int i = 0; i < held.size(); i++) {
      right += predictions.topClass(i) == held.label(i) ? 1 : 0;
    }
    assertThat((double) right / held.size()).isEqualTo(finished.accuracy());
  }

  /** The classifier's sums by hand, in double precision, of what the frozen body gives. */
  @Test
  void featuresAreWhatTheNetworksHeadReads() {
    LabelledImages held = SIDES.held();
    Predictions expected = predictions(base, held);
    Head head = Head.of(base.network());
    float[] weights = Objects.requireNonNull(base.weights().get("classifier/weights")).values();
    float[] bias = Objects.requireNonNull(base.weights().get("classifier/bias")).values();
    int values = (int) head.features().shape().elements();
    int channels = head.features().shape().channels();
    Batches batches = new Batches(held, new Standardization(base.normalization()), 3, held.size());
    try (FrozenBody body = new FrozenBody(base)) {
      float[] features = body.valuesOf(batches.plain(0, held.size()).features());
      for (int image = 0; image < held.size(); image++) {
        for (int c = 0; c < 3; c++) {
          double sum = bias[c];
          for (int i = 0; i < values; i++) {
            // Features lie row, column, channel; weights channel, row, column.
            int place = i % channels * (values / channels) + i / channels;
            sum += (double) weights[c * values + place] * features[image * values + i];
          }
          assertThat((double) expected.logits(image)[c]).isCloseTo(sum, within(1e-4));
        }
      }
    }
  }

  @Test
  void tuningChangesTheBodyTooAndFits() {
    Finished head = transferred(plan(4, 0), none());
    Finished tuned = transferred(plan(4, 4), none());

    assertThat(tuned.learningCurve()).hasSize(8);
    assertThat(tuned.learningCurve().subList(0, 4)).isEqualTo(head.learningCurve());
    assertThat(tuned.learningCurve().get(7).trainLoss())
        .isLessThan(tuned.learningCurve().get(4).trainLoss());
    assertThat(tuned.accuracy()).isGreaterThan(0.8);
    assertThat(bits(tuned.network()).get("stem/conv/weights"))
        .isNotEqualTo(bits(base).get("stem/conv/weights"));
    assertThat(tuned.network().normalization()).isEqualTo(base.normalization());
  }

  @ParameterizedTest(name = "killed in epoch {0} of 3 + 3")
  @ValueSource(ints = {1, 2, 3, 4, 5, 6})
  void aKilledTransferGoesOnBitForBit(int epoch, @TempDir Path directory) throws IOException {
    TransferPlan plan = plan(3, 3);
    TransferCheckpoints checkpoints = TransferCheckpoints.in(directory, "key", Duration.ZERO);
    TrainingListener killer =
        (epochs, last) -> {
          if (epochs == epoch) {
            throw new IllegalStateException("killed");
          }
        };
    assertThatThrownBy(() -> Transfer.train(network(), SIDES, plan, checkpoints, killer))
        .hasMessage("killed");
    List<Integer> heard = new ArrayList<>();

    Finished resumed =
        (Finished)
            Transfer.train(
                network(), SIDES, plan, checkpoints, (epochs, last) -> heard.add(epochs));

    Finished whole = transferred(plan, none());
    assertThat(heard).first().isEqualTo(epoch);
    assertThat(heard).last().isEqualTo(6);
    assertThat(resumed.learningCurve()).isEqualTo(whole.learningCurve());
    assertThat(bits(resumed.network())).isEqualTo(bits(whole.network()));
    checkpoints.discard();
    assertThat(checkpoints.isBegun()).isFalse();
    try (Stream<Path> left = Files.list(directory)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void anotherSeedGivesAnotherHeadAndTheSameTheSame() {
    Map<String, List<Integer>> one = bits(transferred(plan(2, 0), none()).network());
    TransferPlan other = new TransferPlan(PARAMS, 2, 0, 6, new InitialWeights(base, "hash", 0));

    assertThat(bits(transferred(plan(2, 0), none()).network())).isEqualTo(one);
    assertThat(bits(transferred(other, none()).network())).isNotEqualTo(one);
  }

  @Test
  void mirroredPicturesAreLearntFromToo() {
    TrainingParams mirroring = new TrainingParams(16, 0.05, 0.9, 1e-4, 0.8, 5, true, 1);
    TransferPlan plan = new TransferPlan(mirroring, 8, 0, 5, new InitialWeights(base, "hash", 0));

    Finished finished = transferred(plan, none());

    // Left and right look alike when either may be mirrored; above and below they do not.
    assertThat(finished.accuracy()).isBetween(0.4, 0.8);
  }

  @Test
  void aNetworkThatDiffersInMoreThanItsHeadIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> Transfer.train(Head.of(network()).alone(), SIDES, plan(1, 0), none(), NOBODY))
        .withMessageContaining("more than their heads");
  }

  private static Network network() {
    return Halves.network(SIDES.labels().size());
  }

  private static TransferPlan plan(int epochs, int tuningEpochs) {
    return new TransferPlan(PARAMS, epochs, tuningEpochs, 5, new InitialWeights(base, "hash", 0));
  }

  private static TransferCheckpoints none() {
    return new TransferCheckpoints(anywhere, Checkpoints.NONE, Checkpoints.NONE);
  }

  private static Finished transferred(TransferPlan plan, TransferCheckpoints checkpoints) {
    return (Finished) Transfer.train(network(), SIDES, plan, checkpoints, NOBODY);
  }

  private static Predictions predictions(TrainedNetwork network, LabelledImages images) {
    int size = images.images().imageBytes();
    byte[] pixels = new byte[images.size() * size];
    for (int i = 0; i < images.size(); i++) {
      images.read(i, pixels, i * size);
    }
    try (Dl4jPredictor predictor = new Dl4jPredictor(network)) {
      return predictor.predict(pixels, images.size());
    }
  }

  private static Map<String, List<Integer>> bits(TrainedNetwork network) {
    Map<String, List<Integer>> bits = new TreeMap<>();
    network.weights().forEach((name, tensor) -> bits.put(name, bits(tensor)));
    return bits;
  }

  private static List<Integer> bits(Tensor tensor) {
    List<Integer> bits = new ArrayList<>();
    for (float value : tensor.values()) {
      bits.add(Float.floatToRawIntBits(value));
    }
    return bits;
  }
}
