package org.finchnas.mobile.latency.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.finchnas.mobile.latency.fit.Timing;
import org.finchnas.mobile.latency.kernel.KernelForm;
import org.finchnas.mobile.latency.kernel.KernelKind;
import org.finchnas.mobile.latency.kernel.Kernels;
import org.finchnas.mobile.latency.profile.DeviceProfile;
import org.finchnas.mobile.latency.profile.LatencyRuntime;
import org.finchnas.mobile.latency.profile.ProfileFile;
import org.finchnas.mobile.tflite.TfliteModel;
import org.finchnas.searchspace.Blueprint;
import org.finchnas.searchspace.network.Network;
import org.finchnas.searchspace.network.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KitTimingsTest {

  private static final LatencyRuntime XNNPACK = LatencyRuntime.TFLITE_XNNPACK;

  private static DeviceProfile phone() throws IOException {
    return ProfileFile.read(Path.of("../configs/devices/pixel-1.yaml"));
  }

  /** The form as a phone would fill it that is exactly like its profile. */
  private static String form() throws IOException {
    StringBuilder form = new StringBuilder(KitTimings.HEADING + "\n");
    for (Network network : CalibrationKit.networks()) {
      double micros = phone().estimate(network).millis() * 1000;
      form.append(network.name()).append(',').append(micros).append(",us\n");
    }
    return form.toString();
  }

  @Test
  void everyKindOfKernelIsInTheKit() {
    Set<KernelKind> kinds =
        CalibrationKit.networks().stream()
            .flatMap(network -> Kernels.of(network, KernelForm.TFLITE_FILE).stream())
            .map(kernel -> kernel.kind())
            .collect(Collectors.toSet());
    assertThat(kinds).containsAll(EnumSet.allOf(KernelKind.class));
    assertThat(CalibrationKit.networks()).hasSize(24);
  }

  @Test
  void theKitsModelsRun(@TempDir Path folder) throws IOException {
    List<Path> files = CalibrationKit.write(folder.resolve("kit"), "test");
    long bytes = 0;
    for (Path file : files) {
      if (file.toString().endsWith(".tflite")) {
        bytes += Files.size(file);
        try (TfliteModel model = TfliteModel.open(file)) {
          byte[] image = new byte[Math.toIntExact(model.input().elements())];
          assertThat(model.predict(image, 1).probabilities(0)).doesNotContain(Float.NaN);
        }
      }
    }
    assertThat(bytes).as("small enough to send to a phone").isLessThan(64L << 20);
    Path script = folder.resolve("kit").resolve("run-on-phone.sh");
    assertThat(script).isExecutable().content().contains("--graph=").contains("--use_xnnpack=true");
    String form = Files.readString(folder.resolve("kit").resolve(CalibrationKit.FORM));
    assertThat(form.lines()).hasSize(25);
    assertThatThrownBy(() -> KitTimings.parse(form, XNNPACK))
        .hasMessageContaining("24 problems")
        .hasMessageContaining("row 2: pointwise-16x64x64 has no latency");
  }

  /** A profile is the oracle: what is fitted to its kit foretells networks as it does. */
  @Test
  void aKitTellsWhatNetworksTake() throws IOException {
    List<Timing> timings = KitTimings.parse(form(), XNNPACK);
    ProfileFit fit = ProfileFit.of(timings, XNNPACK, 0.1);
    for (String name : List.of("mobilenet-v2@0.5", "mnasnet-a1", "shufflenet-g3", "resnet-18")) {
      Network network = new Blueprint(name, new Shape(3, 128, 128), 100).assemble();
      double foretold = fit.costs().millis(Kernels.of(network, XNNPACK.form()));
      assertThat(foretold / phone().estimate(network).millis()).as(name).isCloseTo(1, within(0.15));
    }
    assertThat(fit.error().median()).isLessThan(fit.error().macsAlone());
  }

  @Test
  void unitsAreHeeded() throws IOException {
    String micros = form();
    String millis =
        micros
            .lines()
            .map(
                line -> {
                  String[] cells = line.split(",");
                  return cells[2].equals("us")
                      ? "%s,%s,ms".formatted(cells[0], Double.parseDouble(cells[1]) / 1000)
                      : line;
                })
            .collect(Collectors.joining("\n"));
    double sum = KitTimings.parse(micros, XNNPACK).stream().mapToDouble(Timing::millis).sum();
    double same = KitTimings.parse(millis, XNNPACK).stream().mapToDouble(Timing::millis).sum();
    assertThat(same).isCloseTo(sum, within(1e-9));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "pointwise-64x32x32,,us | row 3: pointwise-64x32x32 has no latency",
        "pointwise-64x32x32,fast,us | row 3: pointwise-64x32x32 has \"fast\" where a number",
        "pointwise-64x32x32,-3,us | row 3: pointwise-64x32x32 has \"-3\" where a number above 0",
        "pointwise-64x32x32,300, | row 3: pointwise-64x32x32 has no unit",
        "pointwise-64x32x32,0.44f,us | row 3: pointwise-64x32x32 has \"0.44f\" where a number",
        "pointwise-64x32x32,300,min | row 3: pointwise-64x32x32 is timed in \"min\"",
        "pointwise-64x32x32,300,ns | row 3: pointwise-64x32x32 cannot take",
        "pointwise-64x32x32,300,s | row 3: pointwise-64x32x32 cannot take 300000.0 ms",
        "pointwise-64x32x32,300 | row 3: pointwise-64x32x32,300 must have three cells",
        "pointwse-64x32x32,300,us | Did you mean \"pointwise-64x32x32\"?",
        "pointwise-16x64x64,300,us | row 3: pointwise-16x64x64 is timed twice",
        "# left out | no row: pointwise-64x32x32.",
      })
  void whatIsWrongIsNamedRowByRow(String row, String problem) throws IOException {
    List<String> lines = form().lines().collect(Collectors.toList());
    lines.set(2, row);
    assertThatThrownBy(() -> KitTimings.parse(String.join("\n", lines), XNNPACK))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(problem);
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "UTF-16", "x-UTF-16LE-BOM"})
  void whatASpreadsheetSavesIsTheSame(String charset, @TempDir Path folder) throws IOException {
    List<Timing> plain = KitTimings.parse(form(), XNNPACK);
    String mark = charset.equals("UTF-8") ? "\ufeff" : "";
    List<String> forms =
        List.of(
            form().replace("\n", "\r\n"),
            form().replace("us\n", "\u00b5s\n"),
            form().replace("us\n", "\u03bcs\n"),
            form().replace(KitTimings.HEADING, "Model,Latency,Unit"),
            form().replace("\n", ",\n"),
            form().replaceAll("(?m)^(.*),(.*),(.*)$", "\"$1\",\"$2\",\"$3\""),
            form().replace(",", ";").replace(".", ","),
            form().replace(",", "\t"));
    for (String form : forms) {
      Path file =
          Files.writeString(folder.resolve("form.csv"), mark + form, Charset.forName(charset));
      assertThat(KitTimings.read(file, XNNPACK)).as(form.substring(0, 80)).isEqualTo(plain);
    }
  }

  @Test
  void anotherEncodingIsNamed(@TempDir Path folder) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("form.csv"),
            form().replace("us\n", "\u00b5s\n"),
            StandardCharsets.ISO_8859_1);
    assertThatThrownBy(() -> KitTimings.read(file, XNNPACK))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("form.csv is not in UTF-8. Save it as \"CSV UTF-8\".");
  }

  @Test
  void aUnitThatIsWrongIsDoubted() throws IOException {
    List<String> lines = form().lines().collect(Collectors.toList());
    String[] cells = lines.get(2).split(",");
    lines.set(2, "%s,%s,us".formatted(cells[0], Double.parseDouble(cells[1]) * 40));

    assertThat(ProfileFit.of(KitTimings.parse(form(), XNNPACK), XNNPACK, 0.1).doubts()).isEmpty();
    assertThat(
            ProfileFit.of(KitTimings.parse(String.join("\n", lines), XNNPACK), XNNPACK, 0.1)
                .doubts())
        .anySatisfy(doubt -> assertThat(doubt).startsWith(cells[0]).contains("Check its unit"));
  }

  @Test
  void timingsThatAreAllTheSameAreDoubted() {
    StringBuilder form = new StringBuilder(KitTimings.HEADING + "\n");
    CalibrationKit.networks().forEach(network -> form.append(network.name()).append(",1,ms\n"));
    assertThat(ProfileFit.of(KitTimings.parse(form.toString(), XNNPACK), XNNPACK, 0.1).doubts())
        .anySatisfy(doubt -> assertThat(doubt).contains("Multiply-accumulates alone"));
  }
}
