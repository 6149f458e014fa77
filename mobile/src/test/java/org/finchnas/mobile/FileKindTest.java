package org.finchnas.mobile;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FileKindTest {

  @Test
  void singlePrecisionHasThePlainName() {
    assertThat(new FileKind(ExportFormat.ONNX, Precision.FP32).fileName("model"))
        .isEqualTo("model.onnx");
    assertThat(new FileKind(ExportFormat.TFLITE, Precision.FP16).fileName("model"))
        .isEqualTo("model.fp16.tflite");
    assertThat(new FileKind(ExportFormat.COREML, Precision.INT8).fileName("12"))
        .isEqualTo("12.int8.mlmodel");
  }

  @ParameterizedTest
  @EnumSource
  void theFormatIsReadFromEveryName(Precision precision) {
    for (ExportFormat format : ExportFormat.values()) {
      Path file = Path.of(new FileKind(format, precision).fileName("model"));
      assertThat(ExportFormat.ofFile(file)).isEqualTo(format);
    }
  }

  @Test
  void everyFormatComesInEveryPrecisionOnce() {
    assertThat(
            FileKind.all(
                List.of(ExportFormat.TFLITE, ExportFormat.ONNX, ExportFormat.TFLITE),
                List.of(Precision.FP32, Precision.INT8)))
        .extracting(FileKind::toString)
        .containsExactly("tflite fp32", "tflite int8", "onnx fp32", "onnx int8");
  }
}
