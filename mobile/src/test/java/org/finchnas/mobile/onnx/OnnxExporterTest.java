package org.finchnas.mobile.onnx;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.finchnas.mobile.ExportRequest;
import org.finchnas.mobile.Exporter;
import org.finchnas.mobile.ExporterContract;
import org.finchnas.mobile.Precision;
import org.finchnas.mobile.TestNetworks;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OnnxExporterTest extends ExporterContract {

  @Override
  protected Exporter exporter() {
    return new OnnxExporter();
  }

  @ParameterizedTest
  @EnumSource(names = {"FP16", "INT8"})
  void noOtherPrecisionIsClaimed(Precision precision) {
    ExportRequest single =
        request(TestNetworks.trained(TestNetworks.everyLayer(TestNetworks.ODD), 1));
    ExportRequest other =
        new ExportRequest(
            single.network(),
            single.card(),
            single.format(),
            precision,
            single.calibration(),
            single.file());
    assertThatThrownBy(() -> exporter().encode(other))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("fp32 alone, not in " + precision.token());
  }
}
