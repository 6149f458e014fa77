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
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.finchnas.mobile.ExportFormat;
import org.finchnas.mobile.FileKind;
import org.finchnas.mobile.Precision;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** The commands that write and check files, with a trained network and files of every kind. */
@Timeout(600)
final class ExportedFilesIT {

  private static final String DESIGN =
      "n=1,f=8,stem=cifar,image=8:normal=conv_3x3@0+skip_connect@1"
          + ":reduction=avg_pool_3x3@0+conv_3x3@1";
  private static final List<FileKind> KINDS =
      FileKind.all(List.of(ExportFormat.values()), List.of(Precision.values()));

  @TempDir private static Path folder;
  private static JsonNode trained;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeAll
  static void train() throws Exception {
    String[] words = {
      "train",
      DESIGN,
      "--data",
      "shapes",
      "--image",
      "8",
      "--images",
      "1000",
      "--epochs",
      "3",
      "--out",
      folder.resolve("model").toString(),
      "--json",
      "--format",
      "onnx,tflite,coreml,mlpackage",
      "--precision",
      "fp32,fp16,int8"
    };
    try (FinchProcess process = FinchProcess.start(folder, List.of(), words)) {
      trained = new ObjectMapper().readTree(process.line());
      assertThat(process.end()).as(process.errors()).isZero();
    }
  }

  private static Stream<FileKind> kinds() {
    return KINDS.stream();
  }

  private static Path file(FileKind kind) {
    return folder.resolve("model").resolve(kind.fileName("model"));
  }

  private int finch(String... arguments) {
    CommandLine command = Finch.commandLine();
    command.setOut(new PrintWriter(out, true));
    command.setErr(new PrintWriter(err, true));
    return command.execute(arguments);
  }

  private int verify(Path... files) {
    List<String> words = new ArrayList<>(List.of("verify", "--json"));
    Arrays.stream(files).map(Path::toString).forEach(words::add);
    words.addAll(
        List.of("--against", folder.resolve("model/model.safetensors").toString(), "--data"));
    words.add("shapes");
    return finch(words.toArray(String[]::new));
  }

  @Test
  void trainWritesEveryFileThatWasAskedFor() {
    assertThat(trained.get("models")).hasSize(KINDS.size());
    assertThat(trained.get("failed")).isEmpty();
    assertThat(KINDS).allSatisfy(kind -> assertThat(file(kind)).exists());
  }

  @Test
  void verifyReadsThePrecisionFromTheFile() throws IOException {
    assertThat(verify(KINDS.stream().map(ExportedFilesIT::file).toArray(Path[]::new))).isZero();
    JsonNode files = new ObjectMapper().readTree(out.toString()).get("files");
    for (int i = 0; i < KINDS.size(); i++) {
      assertThat(files.get(i).get("format").asText()).isEqualTo(KINDS.get(i).format().token());
      assertThat(files.get(i).get("precision").asText())
          .isEqualTo(KINDS.get(i).precision().token());
      assertThat(files.get(i).get("verified").asBoolean()).isTrue();
    }
  }

  /** The bytes of a file, or of all files of a folder, by place. */
  private static Map<Path, byte[]> contents(Path model) throws IOException {
    Map<Path, byte[]> contents = new LinkedHashMap<>();
    try (Stream<Path> paths = Files.walk(model)) {
      for (Path path : paths.filter(Files::isRegularFile).sorted().toList()) {
        contents.put(model.relativize(path), Files.readAllBytes(path));
      }
    }
    return contents;
  }

  private static Path copy(String name, Map<Path, byte[]> contents) throws IOException {
    Path copy = folder.resolve(name);
    for (Map.Entry<Path, byte[]> each : contents.entrySet()) {
      Path file = each.getKey().toString().isEmpty() ? copy : copy.resolve(each.getKey());
      Files.createDirectories(file.getParent());
      Files.write(file, each.getValue());
    }
    return copy;
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void aDamagedFileIsNamedAndTheOthersAreChecked(FileKind kind) throws IOException {
    SplittableRandom random = new SplittableRandom(KINDS.indexOf(kind));
    Map<Path, byte[]> whole = contents(file(kind));
    List<Path> places = List.copyOf(whole.keySet());
    for (int i = 0; i < 4; i++) {
      Map<Path, byte[]> damaged = new LinkedHashMap<>(whole);
      boolean cut = i % 2 == 0;
      damaged.compute(
          places.get(random.nextInt(places.size())),
          (place, bytes) -> cut ? cut(bytes, random) : altered(bytes, random));
      Path copy = copy(i + kind.fileName("damaged"), damaged);
      out.getBuffer().setLength(0);
      err.getBuffer().setLength(0);

      assertThat(verify(copy, file(new FileKind(ExportFormat.ONNX, Precision.FP32)))).isEqualTo(2);
      assertThat(err.toString()).contains(copy.toString()).contains("Export the model again");
      assertThat(err.toString()).doesNotContain("\tat ").doesNotContain("Exception");
      JsonNode files = new ObjectMapper().readTree(out.toString()).get("files");
      assertThat(files.get(0).get("verified").asBoolean()).isFalse();
      assertThat(files.get(1).get("verified").asBoolean()).isTrue();
    }
  }

  private static byte[] cut(byte[] bytes, SplittableRandom random) {
    return Arrays.copyOf(bytes, random.nextInt(bytes.length));
  }

  private static byte[] altered(byte[] bytes, SplittableRandom random) {
    byte[] altered = bytes.clone();
    altered[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(Byte.SIZE));
    return altered;
  }

  @Test
  void anUnknownPrecisionIsRefusedWithThoseThereAre() {
    assertThat(finch("export", "model.safetensors", "--precision", "fp8")).isEqualTo(2);
    assertThat(err.toString()).contains("Precision 'fp8' is unknown. There is: fp32, fp16, int8.");
  }

  @Test
  void whatCannotLeaveIsNotTrained() {
    assertThat(
            finch(
                "train",
                "u-net",
                "--data",
                "shapes",
                "--image",
                "32",
                "--format",
                "tflite",
                "--out",
                folder.resolve("u-net").toString()))
        .isEqualTo(2);
    assertThat(err.toString())
        .contains("Nothing was trained, because u-net cannot leave as tflite")
        .contains("networks that enlarge maps");
    assertThat(folder.resolve("u-net/model.safetensors")).doesNotExist();
  }
}
