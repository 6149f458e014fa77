package org.finchnas.mobile.coreml;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.function.Consumer;
import org.finchnas.mobile.Exporter;
import org.finchnas.mobile.LoadedModel;
import org.finchnas.mobile.Precision;
import org.finchnas.mobile.coreml.proto.ModelMessages.Model;
import org.finchnas.mobile.coreml.proto.NeuralNetworkMessages.Borders;
import org.finchnas.mobile.coreml.proto.NeuralNetworkMessages.Layer;
import org.finchnas.mobile.verification.NamedPredictor;
import org.finchnas.mobile.verification.Oracle;
import org.finchnas.mobile.verification.ReferencePredictor;
import org.finchnas.mobile.verification.Verification;
import org.finchnas.mobile.verification.VerificationLimits;
import org.finchnas.searchspace.network.TrainedNetwork;
import org.junit.jupiter.api.Test;

class CoreMlExporterTest extends CoreMlContract {

  @Override
  protected Exporter exporter() {
    return new CoreMlExporter();
  }

  @Override
  int specification(Precision precision) {
    return 3;
  }

  @Test
  void aWrongPaddingIsSeen() throws IOException {
    assertSeen(
        layer -> {
          if (layer.getName().equals("dilated")) {
            Borders.Builder borders =
                layer.getConvolutionBuilder().getValidBuilder().getBordersBuilder();
            Borders.Edges rows = borders.getEdges(0);
            borders.setEdges(
                0, Borders.Edges.newBuilder().setStart(rows.getEnd()).setEnd(rows.getStart()));
          }
        });
  }

  @Test
  void aWrongOrderOfChannelsIsSeen() throws IOException {
    assertSeen(
        layer -> {
          if (layer.hasPermute()) {
            layer.getPermuteBuilder().setAxis(0, 0).setAxis(1, 1);
          }
        });
  }

  @Test
  void aWrongBoundOfAnActivationIsSeen() throws IOException {
    assertSeen(
        layer -> {
          if (layer.hasUnary()) {
            layer.getUnaryBuilder().setAlpha(-1);
          }
        });
  }

  /** A writer that errs in one layer writes a file that is whole and does not agree. */
  private void assertSeen(Consumer<Layer.Builder> mistake) throws IOException {
    TrainedNetwork network = everyLayer(6);
    Model.Builder model =
        Model.parseFrom(exporter().encode(request(network, Precision.FP32)).bytes()).toBuilder();
    model.getClassifierBuilder().getLayersBuilderList().forEach(mistake);
    model.getDescriptionBuilder().getMetadataBuilder().putUserDefined(Seal.KEY, Seal.UNSEALED);
    Files.write(file(), Seal.file(model.build().toByteArray()).bytes());
    try (LoadedModel loaded = exporter().load(file());
        ReferencePredictor oracle = new ReferencePredictor(network)) {
      Verification verification =
          Verification.of(
              new NamedPredictor("decoded", loaded),
              Oracle.exact("reference", oracle),
              images(),
              VerificationLimits.FP32);
      assertThat(verification.passed()).isFalse();
    }
  }
}
