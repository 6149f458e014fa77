package org.finchnas.mobile.coreml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.finchnas.mobile.ExportedModel;
import org.finchnas.mobile.ExporterContract;
import org.finchnas.mobile.ModelVerifier;
import org.finchnas.mobile.Precision;
import org.finchnas.mobile.TestNetworks;
import org.finchnas.mobile.VerifiedExport;
import org.finchnas.mobile.coreml.decoder.DecodedModel;
import org.finchnas.mobile.latency.LatencyMeter;
import org.finchnas.mobile.verification.Oracle;
import org.finchnas.mobile.verification.ReferencePredictor;
import org.finchnas.mobile.verification.VerificationImages;
import org.finchnas.searchspace.network.Layer;
import org.finchnas.searchspace.network.NetworkBuilder;
import org.finchnas.searchspace.network.Normalization;
import org.finchnas.searchspace.network.Shape;
import org.finchnas.searchspace.network.Tensor;
import org.finchnas.searchspace.network.TrainedNetwork;
import org.finchnas.searchspace.network.Window;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What both Core ML formats keep besides the contract of all formats. */
abstract class CoreMlContract extends ExporterContract {

  /** The specification that a file of this precision is of. */
  abstract int specification(Precision precision);

  /** A decoder's time is no latency. */
  @Override
  protected void assertTimed(ExportedModel model) {
    assertThat(model.latency()).isNull();
  }

  static TrainedNetwork everyLayer(long seed) {
    return TestNetworks.trained(TestNetworks.everyLayer(TestNetworks.ODD), seed);
  }

  static VerificationImages images() {
    return TestNetworks.images(TestNetworks.ODD, 200, 99);
  }

  private ExportedModel export(TrainedNetwork network, Precision precision) throws IOException {
    ModelVerifier verifier =
        new ModelVerifier(List.of(exporter()), new LatencyMeter("this machine", 0, 1));
    try (ReferencePredictor oracle = new ReferencePredictor(network)) {
      return new VerifiedExport(verifier)
          .export(request(network, precision), Oracle.exact("reference", oracle), images());
    }
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void everyPrecisionIsWrittenAndAgrees(Precision precision) throws IOException {
    ExportedModel model = export(everyLayer(6), precision);
    assertThat(model.verification().violations()).isEmpty();
    assertThat(model.precision()).isEqualTo(precision);
    try (DecodedModel decoded = (DecodedModel) exporter().load(file())) {
      assertThat(decoded.specification()).isEqualTo(specification(precision));
    }
  }

  /** Bytes that the weights take are saved, and what they cost in agreement is seen. */
  @Test
  void lowerPrecisionsAreSmallerAndFurtherAway() throws IOException {
    TrainedNetwork network = everyLayer(6);
    ExportedModel single = export(network, Precision.FP32);
    ExportedModel half = export(network, Precision.FP16);
    ExportedModel bytes = export(network, Precision.INT8);
    assertThat(half.fileBytes()).isLessThan(single.fileBytes());
    assertThat(bytes.fileBytes()).isLessThan(half.fileBytes());
    assertThat(half.verification().logitDifference())
        .isGreaterThan(10 * single.verification().logitDifference());
    assertThat(bytes.verification().logitDifference())
        .isGreaterThan(half.verification().logitDifference());
  }

  static TrainedNetwork small(int channels) {
    Shape image = new Shape(channels, 6, 6);
    NetworkBuilder b = new NetworkBuilder("small", image);
    Layer convolution = new Layer.Convolution(4, Window.same(image, 3, 1, 1), 1, true);
    int pooled =
        b.add("pool", new Layer.GlobalAveragePooling(), b.add("conv", convolution, b.input()));
    float[] weights = new float[4 * channels * 9];
    Arrays.fill(weights, 0.5f);
    return new TrainedNetwork(
        b.build(pooled),
        Map.of(
            "conv/weights",
            new Tensor(List.of(4, channels, 3, 3), weights),
            "conv/bias",
            new Tensor(List.of(4), new float[] {1, 2, 3, 70000})),
        new Normalization(Collections.nCopies(channels, 128f), Collections.nCopies(channels, 64f)),
        List.of("a", "b", "c", "d"));
  }

  @Test
  void grayPicturesAreRead() throws IOException {
    TrainedNetwork network = small(1);
    VerificationImages gray = TestNetworks.images(network.network().input(), 200, 1);
    ExportedModel model = export(network, gray);
    assertThat(model.verification().violations()).isEmpty();
  }

  @Test
  void picturesOfOtherColoursAreRefused() {
    assertThatThrownBy(() -> exporter().encode(request(small(2), Precision.FP32)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 (gray) or 3 (red, green, blue) channels")
        .hasMessageContaining("2x6x6");
  }

  @Test
  void weightsTooLargeForHalvesAreRefused() {
    assertThatThrownBy(() -> exporter().encode(request(small(3), Precision.FP16)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("70000.0 is too large for half precision");
  }
}
