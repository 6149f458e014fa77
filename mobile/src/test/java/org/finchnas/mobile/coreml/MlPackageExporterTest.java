package org.finchnas.mobile.coreml;

import static org.assertj.core.api.Assertions.assertThat;

import org.finchnas.mobile.ExportedModel;
import org.finchnas.mobile.Exporter;
import org.finchnas.mobile.ExporterContract;

class MlPackageExporterTest extends ExporterContract {

  @Override
  protected Exporter exporter() {
    return new MlPackageExporter();
  }

  /** A decoder's time is no latency. */
  @Override
  protected void assertTimed(ExportedModel model) {
    assertThat(model.latency()).isNull();
  }
}
