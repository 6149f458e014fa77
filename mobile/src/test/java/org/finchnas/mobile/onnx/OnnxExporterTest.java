package org.finchnas.mobile.onnx;

import org.finchnas.mobile.Exporter;
import org.finchnas.mobile.ExporterContract;

class OnnxExporterTest extends ExporterContract {

  @Override
  protected Exporter exporter() {
    return new OnnxExporter();
  }
}
