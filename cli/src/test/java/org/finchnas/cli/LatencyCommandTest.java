package org.finchnas.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class LatencyCommandTest {

  private static final String HOME = "finch.home";

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeAll
  static void liveInTheRepository() {
    System.setProperty(HOME, "..");
  }

  @AfterAll
  static void moveOut() {
    System.clearProperty(HOME);
  }

  private int finch(String... arguments) {
    CommandLine command = Finch.commandLine();
    command.setOut(new PrintWriter(out, true));
    command.setErr(new PrintWriter(err, true));
    return command.execute(arguments);
  }

  private JsonNode json() throws IOException {
    return new ObjectMapper().readTree(out.toString());
  }

  @Test
  void listsDevicesWithTheirErrors() throws IOException {
    assertThat(finch("devices", "--json")).isZero();
    JsonNode devices = json().path("devices");
    assertThat(devices).hasSizeGreaterThan(20);
    for (JsonNode device : devices) {
      assertThat(device.path("source").asText()).isNotBlank();
      assertThat(device.path("error").path("median").asDouble()).isPositive();
      assertThat(device.path("sha256").asText()).hasSize(64);
    }
    assertThat(finch("devices", "--verbose")).isZero();
    assertThat(out.toString()).contains("pixel-1").contains("the phone itself was not at hand");
  }

  @Test
  void saysWhereTheTimeGoes() throws IOException {
    assertThat(finch("latency", "mobilenet-v2@0.5", "--device", "pixel-1", "--json")).isZero();
    JsonNode estimate = json().path("estimates").path(0);
    double sum = 0;
    for (JsonNode millis : estimate.path("byKind")) {
      sum += millis.asDouble();
    }
    // The published figure for this phone and network is 28.7 ms.
    assertThat(estimate.path("latencyMillis").asDouble()).isBetween(24.0, 34.0);
    assertThat(sum).isBetween(0.95 * estimate.path("latencyMillis").asDouble(), 34.0);
    assertThat(estimate.path("kernels").size()).isGreaterThan(50);
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void aProfileOfARuntimeThatReadsNoFileIsNotUsedSilently() {
    assertThat(finch("latency", "mobilenet-v2", "--device", "raspberry-pi-4b")).isZero();
    assertThat(out.toString()).contains("ncnn, fp32, 1 thread");
    assertThat(err.toString()).contains("ncnn").contains("no file that Finch writes");
  }

  @Test
  void anotherRuntimeOrPrecisionThanAskedForIsRefused() {
    assertThat(finch("latency", "mobilenet-v2", "--device", "pixel-1", "--runtime", "ncnn"))
        .isEqualTo(2);
    assertThat(err.toString())
        .contains("pixel-1 is a profile of tflite, fp32, 1 thread, not of ncnn");
    assertThat(finch("latency", "mobilenet-v2", "--device", "pixel-1", "--precision", "int8"))
        .isEqualTo(2);
    assertThat(finch("latency", "mobilenet-v2", "--device", "pixel-1", "--precision", "fp32"))
        .isZero();
  }

  @Test
  void describesWithLatencies() throws IOException {
    assertThat(finch("describe", "mnasnet-a1", "--device", "pixel-1,rk3588", "--json"))
        .isEqualTo(2);
    assertThat(
            finch("describe", "mnasnet-a1", "--device", "pixel-1", "--device", "rk3588", "--json"))
        .isZero();
    JsonNode latencies = json().path("latencies");
    assertThat(latencies).hasSize(2);
    assertThat(latencies.path(0).path("device").asText()).isEqualTo("pixel-1");
    // The authors measured 78 ms.
    assertThat(latencies.path(0).path("latencyMillis").asDouble()).isBetween(62.0, 94.0);
    assertThat(latencies.path(1).path("runtime").asText()).isEqualTo("ncnn");
  }

  @Test
  void aSearchForLatencyNeedsADevice(@TempDir Path folder) throws IOException {
    Path config = folder.resolve("search.yaml");
    Files.writeString(config, "objectives: [validationAccuracy, latencyMillis]\n");
    assertThat(finch("search", config.toString(), "--run", folder.resolve("run").toString()))
        .isEqualTo(2);
    assertThat(err.toString()).contains("device must be set");
    Files.writeString(config, "device: pixel-7\n");
    assertThat(finch("search", config.toString(), "--run", folder.resolve("run").toString()))
        .isEqualTo(2);
    assertThat(err.toString()).contains("Did you mean \"pixel-1\"?");
    assertThat(folder.resolve("run").resolve("provenance.json")).doesNotExist();
  }

  @Test
  void badInputIsNamed(@TempDir Path folder) throws IOException {
    assertThat(finch("latency", "mobilenet-v2")).isEqualTo(2);
    assertThat(err.toString()).contains("--device").contains("pixel-1");
    assertThat(finch("latency", "mobilenet-v2", "--device", "pixel-7")).isEqualTo(2);
    assertThat(err.toString()).contains("Did you mean \"pixel-1\"?");
    assertThat(finch("latency", "u-net", "--device", "pixel-1")).isEqualTo(2);
    assertThat(err.toString()).contains("no latency");
    Path file = Files.writeString(folder.resolve("cut.yaml"), "name: cut\ndevice: none\n");
    assertThat(finch("latency", "mobilenet-v2", "--device", file.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("source is missing").doesNotContain("\tat ");
  }
}
