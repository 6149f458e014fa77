package org.finchnas.cli;

import java.util.List;
import org.finchnas.mobile.ExportFormat;
import org.finchnas.mobile.FileKind;
import org.finchnas.mobile.FileSizes;
import org.finchnas.mobile.Precision;
import org.finchnas.searchspace.network.Network;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which files a network is to leave as. */
final class FilesOption {

  @Option(
      names = "--format",
      split = ",",
      paramLabel = "FORMAT",
      description = "Formats, separated by commas: onnx (default), tflite, coreml, mlpackage.")
  private @Nullable List<String> formats;

  @Option(
      names = "--precision",
      split = ",",
      paramLabel = "PRECISION",
      description = {
        "Of each format, separated by commas: fp32 (default), fp16, int8.",
        "int8 is calibrated on training images."
      })
  private @Nullable List<String> precisions;

  boolean isSaid() {
    return formats != null || precisions != null;
  }

  List<FileKind> kinds() {
    return kinds(
        formats == null ? List.of("onnx") : formats,
        precisions == null ? List.of("fp32") : precisions);
  }

  /**
   * Nobody should train for hours what cannot leave.
   *
   * @throws InputException if a format cannot express the network; says why
   */
  static void requireExpressible(Network network, List<String> labels, List<FileKind> kinds) {
    FileSizes sizes = new FileSizes(Exporters.all());
    for (ExportFormat format : kinds.stream().map(FileKind::format).distinct().toList()) {
      sizes
          .refusal(network, labels, format)
          .ifPresent(
              reason -> {
                throw new InputException(
                    "Nothing was trained, because %s cannot leave as %s: %s"
                        .formatted(network.name(), format.token(), reason));
              });
    }
  }

  static List<FileKind> kinds(List<String> formats, List<String> precisions) {
    return FileKind.all(
        formats.stream().map(ExportFormat::ofToken).toList(),
        precisions.stream().map(Precision::ofToken).toList());
  }
}
