package org.finchnas.mobile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ExportFormatTest {

  @Test
  void tokensAndFileNamesNameTheFormat() {
    assertThat(ExportFormat.ofToken("ONNX")).isEqualTo(ExportFormat.ONNX);
    assertThat(ExportFormat.ofFile(Path.of("a.b/model.Onnx"))).isEqualTo(ExportFormat.ONNX);
    assertThat(ExportFormat.ofToken("coreml")).isEqualTo(ExportFormat.COREML);
    assertThat(ExportFormat.ofFile(Path.of("model.mlmodel"))).isEqualTo(ExportFormat.COREML);
    assertThat(Precision.ofToken("fp32")).isEqualTo(Precision.FP32);
  }

  @Test
  void unknownOnesAreRefusedWithThoseThereAre() {
    assertThatThrownBy(() -> ExportFormat.ofToken("tflight"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Export format 'tflight' is unknown. There is: onnx, tflite, coreml, mlpackage.");
    assertThatThrownBy(() -> ExportFormat.ofFile(Path.of("model.tflight")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(
            "model.tflight is unknown: its name must end in .onnx or .tflite or .mlmodel or .mlpackage");
    assertThatThrownBy(() -> Precision.ofToken("int3"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Precision 'int3' is unknown. There is: fp32, fp16, int8.");
  }
}
