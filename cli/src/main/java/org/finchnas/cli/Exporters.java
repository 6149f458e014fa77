package org.finchnas.cli;

import java.util.List;
import org.finchnas.mobile.Exporter;
import org.finchnas.mobile.coreml.CoreMlExporter;
import org.finchnas.mobile.coreml.MlPackageExporter;
import org.finchnas.mobile.onnx.OnnxExporter;
import org.finchnas.mobile.tflite.TfliteExporter;

/** One for each format there is. */
final class Exporters {

  private Exporters() {}

  static List<Exporter> all() {
    return List.of(
        new OnnxExporter(), new TfliteExporter(), new CoreMlExporter(), new MlPackageExporter());
  }
}
