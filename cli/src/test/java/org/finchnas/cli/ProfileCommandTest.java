package org.finchnas.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class ProfileCommandTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int finch(String... arguments) {
    CommandLine command = Finch.commandLine();
    command.setOut(new PrintWriter(out, true));
    command.setErr(new PrintWriter(err, true));
    return command.execute(arguments);
  }

  /** Two rounds of few networks: not good, but a profile. */
  @Test
  void thisMachineBecomesADevice(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("here.yaml");
    assertThat(
            finch(
                "profile", "--networks", "6", "--rounds", "2", "--out", file.toString(), "--json"))
        .isZero();
    JsonNode profile = new ObjectMapper().readTree(out.toString()).path("profile");
    assertThat(profile.path("name").asText()).isEqualTo("here");
    assertThat(profile.path("runtime").asText()).isEqualTo("tflite-xnnpack");
    assertThat(profile.path("error").path("networks").asInt()).isEqualTo(6);
    assertThat(finch("latency", "mobilenet-v2", "--device", file.toString())).isZero();
    assertThat(err.toString()).isEmpty();
  }

  /** Made-up timings that no phone would have. */
  @Test
  void aFilledFormBecomesADevice(@TempDir Path folder) throws IOException {
    Path kit = folder.resolve("kit");
    assertThat(finch("profile", "kit", "--out", kit.toString())).isZero();
    assertThat(finch("profile", "kit", "--out", kit.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("is not empty");
    Path form = kit.resolve("kit.csv");
    Path phone = folder.resolve("phone.yaml");
    assertThat(finch("profile", "fit", form.toString(), "--out", phone.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("24 problems").contains("row 25").doesNotContain("\tat ");
    List<String> filled = new ArrayList<>();
    for (String line : Files.readAllLines(form)) {
      filled.add(line.replace(",,ms", ",%d,us".formatted(200 + 10 * line.length())));
    }
    Files.write(form, filled);
    assertThat(
            finch(
                "profile",
                "fit",
                form.toString(),
                "--out",
                phone.toString(),
                "--device",
                "A phone"))
        .isZero();
    assertThat(phone).content().contains("device: A phone").contains("runtime: tflite-xnnpack");
    assertThat(finch("latency", "mnasnet-a1", "--device", phone.toString())).isZero();
  }

  @Test
  void badOptionsAreNamed(@TempDir Path folder) {
    assertThat(finch("profile", "--rounds", "0")).isEqualTo(2);
    assertThat(err.toString()).contains("--rounds (0) at least 1");
    assertThat(finch("profile", "fit", "none.csv", "--out", "phone.txt")).isEqualTo(2);
    assertThat(err.toString()).contains("must end in .yaml");
    String out = folder.resolve("x.yaml").toString();
    assertThat(finch("profile", "fit", "none.csv", "--out", out)).isEqualTo(2);
    assertThat(err.toString()).contains("there is no file none.csv");
    assertThat(finch("profile", "fit", "none.csv", "--out", out, "--runtime", "ncnn")).isEqualTo(2);
    assertThat(err.toString()).contains("which ncnn does not run");
  }
}
