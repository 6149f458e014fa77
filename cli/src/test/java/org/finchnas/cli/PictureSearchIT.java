package org.finchnas.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** From a folder of pictures to verified files and a report, without a file written by hand. */
@Timeout(600)
final class PictureSearchIT {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String RED = "the \"red\" one's 🐦";

  @TempDir private Path home;

  @Test
  void aFolderOfPicturesBecomesVerifiedFilesAndAReport() throws Exception {
    Path pictures = home.resolve("my pictures");
    draw(pictures.resolve("blue"), Color.BLUE, 20);
    draw(pictures.resolve(RED), Color.RED, 60);
    Files.writeString(pictures.resolve("blue").resolve("broken.jpg"), "not a picture");
    Files.createSymbolicLink(pictures.resolve("round"), pictures);
    Path run = home.resolve("run");

    try (FinchProcess search =
        FinchProcess.start(
            home,
            List.of(),
            "search",
            "--data",
            "images:" + pictures,
            "--device",
            Path.of("..", "configs", "devices", "pixel-1.yaml").toString(),
            "--max-latency",
            "20ms",
            "--time",
            "20s",
            "--run",
            run.toString(),
            "--set",
            "budget.evaluations=2",
            "--set",
            "fidelity.epochs=2",
            "--set",
            "fidelity.folds=3",
            "--set",
            "final.epochs=2",
            "--set",
            "data.image=16")) {
      assertThat(search.says("81 pictures in 2 classes")).isTrue();
      assertThat(search.says(RED + " 60, blue 21")).isTrue();
      assertThat(search.says("Chosen for 20 s")).isTrue();
      assertThat(search.says("cross-validated in")).isTrue();
      assertThat(search.says("pictures of small classes count more")).isTrue();
      assertThat(search.says("at most 20 ms")).isTrue();
      assertThat(search.says("Expected: about")).isTrue();
      assertThat(search.says("Report:")).as(search.errors()).isTrue();
      assertThat(search.end()).as(search.errors()).isZero();
      assertThat(search.errors())
          .contains("broken.jpg")
          .contains("round was left out: it links to a folder above it")
          .doesNotContain("\tat ");
    }

    assertThat(Files.readString(run.resolve("config.yaml")))
        .contains("images:" + home)
        .contains("folds: 3")
        .contains("classWeights: \"balanced\"")
        .contains("evaluations: 2");
    assertFoldsWereTrained(run);
    assertModels(run);
    assertThat(run.resolve("report/report.html")).isNotEmptyFile();
    try (FinchProcess resumed = FinchProcess.start(home, List.of(), "resume", run.toString())) {
      assertThat(resumed.end()).as(resumed.errors()).isZero();
    }
  }

  private static void assertFoldsWereTrained(Path run) throws IOException {
    List<String> lines = Files.readAllLines(run.resolve("evaluations.jsonl"));
    assertThat(lines).hasSize(2);
    for (String line : lines) {
      JsonNode told = JSON.readTree(line);
      assertThat(told.path("fidelity").path("folds").asInt()).isEqualTo(3);
      assertThat(told.path("curve")).hasSize(2);
      assertThat(told.path("latencyMillis").asDouble()).isPositive().isLessThan(20);
    }
  }

  private static void assertModels(Path run) throws IOException {
    try (Stream<Path> models = Files.list(run.resolve("models"))) {
      List<Path> all = models.toList();
      assertThat(all).hasSize(1);
      for (String file : List.of("model.onnx", "model.tflite", "model.mlmodel", "model.json")) {
        assertThat(all.get(0).resolve(file)).isNotEmptyFile();
      }
    }
  }

  private static void draw(Path folder, Color colour, int count) throws IOException {
    SplittableRandom random = new SplittableRandom(count);
    Files.createDirectories(folder);
    for (int i = 0; i < count; i++) {
      BufferedImage image = new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB);
      Graphics2D graphics = image.createGraphics();
      graphics.setColor(new Color(random.nextInt(1 << 24)));
      graphics.fillRect(0, 0, 40, 30);
      graphics.setColor(colour);
      graphics.fillOval(8 + random.nextInt(6), random.nextInt(8), 20, 20);
      graphics.dispose();
      assertThat(ImageIO.write(image, "jpg", folder.resolve(i + ".jpg").toFile())).isTrue();
    }
  }
}
