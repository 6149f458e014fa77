package org.finchnas.cli;

import java.util.List;
import org.finchnas.mobile.ExportFormat;
import org.finchnas.mobile.FileKind;
import org.finchnas.mobile.Precision;
import picocli.CommandLine.Option;

/** Which files a network is to leave as. */
final class FilesOption {

  @Option(
      names = "--format",
      split = ",",
      paramLabel = "FORMAT",
      description = "Formats, separated by commas: onnx (default), tflite, coreml, mlpackage.")
  private List<String> formats = List.of("onnx");

  @Option(
      names = "--precision",
      split = ",",
      paramLabel = "PRECISION",
      description = {
        "Of each format, separated by commas: fp32 (default), fp16, int8.",
        "int8 is calibrated on training images."
      })
  private List<String> precisions = List.of("fp32");

  List<FileKind> kinds() {
    return kinds(formats, precisions);
  }

  static List<FileKind> kinds(List<String> formats, List<String> precisions) {
    return FileKind.all(
        formats.stream().map(ExportFormat::ofToken).toList(),
        precisions.stream().map(Precision::ofToken).toList());
  }
}
