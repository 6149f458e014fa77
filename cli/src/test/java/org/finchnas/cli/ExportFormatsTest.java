package org.finchnas.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.finchnas.coordinator.config.SearchConfigReader;
import org.finchnas.mobile.ExportFormat;
import org.finchnas.mobile.Precision;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Configurations are read by a module that knows no exporter. */
class ExportFormatsTest {

  @ParameterizedTest
  @EnumSource
  void aSearchMayAskForEveryFormatThereIs(ExportFormat format, @TempDir Path folder)
      throws IOException {
    Path file = folder.resolve("search.yaml");
    Files.writeString(file, "export: {formats: [%s]}\n".formatted(format.token()));
    assertThat(SearchConfigReader.read(file, List.of()).export().formats())
        .containsExactly(format.token());
  }

  @ParameterizedTest
  @EnumSource
  void aSearchMayAskForEveryPrecisionThereIs(Precision precision, @TempDir Path folder)
      throws IOException {
    Path file = folder.resolve("search.yaml");
    Files.writeString(file, "export: {precisions: [%s]}\n".formatted(precision.token()));
    assertThat(SearchConfigReader.read(file, List.of()).export().precisions())
        .containsExactly(precision.token());
  }
}
