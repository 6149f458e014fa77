package org.finchnas.mobile.tflite;

import org.finchnas.mobile.Exporter;
import org.finchnas.mobile.ExporterContract;

class TfliteExporterTest extends ExporterContract {

  @Override
  protected Exporter exporter() {
    return new TfliteExporter();
  }
}
