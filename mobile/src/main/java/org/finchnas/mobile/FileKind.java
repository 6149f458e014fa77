package org.finchnas.mobile;

import java.util.List;

/** A format and how its numbers are stored: what a network is to leave as. */
public record FileKind(ExportFormat format, Precision precision) {

  /** Each format in each precision, those of a format together; none twice. */
  public static List<FileKind> all(List<ExportFormat> formats, List<Precision> precisions) {
    return formats.stream()
        .flatMap(format -> precisions.stream().map(precision -> new FileKind(format, precision)))
        .distinct()
        .toList();
  }

  /** {@code model.onnx}, {@code model.fp16.tflite}: single precision has the plain name. */
  public String fileName(String stem) {
    String of = precision == Precision.FP32 ? "" : "." + precision.token();
    return stem + of + "." + format.extension();
  }

  /** Such as {@code tflite int8}. */
  @Override
  public String toString() {
    return format.token() + " " + precision.token();
  }
}
