package org.finchnas.benchmarks.pictures;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.finchnas.benchmarks.Scratch;

/**
 * Draws pictures in five classes and has {@code finch search --data} make files of them, with no
 * configuration; says how long that took and how good the files are.
 */
public final class PicturesBenchmark {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> FILES =
      List.of("model.onnx", "model.tflite", "model.mlmodel", "model.json");

  private PicturesBenchmark() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    List<String> words = Arrays.asList(arguments);
    int pictures = Integer.parseInt(value(words, "--pictures", "1000"));
    String time = value(words, "--time", "15m");
    Path folder = Scratch.directory("pictures").resolve(UUID.randomUUID().toString());
    Path drawn = folder.resolve("figures");
    new DrawnPictures(1).into(drawn, pictures / DrawnPictures.FIGURES.size());
    Path run = folder.resolve("run");
    long start = System.nanoTime();
    int code = search(folder, drawn, time, run);
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    if (code != 0) {
      throw new IOException("finch search ended with exit code " + code);
    }
    print(figures(run, took), words.contains("--json"));
  }

  private static int search(Path folder, Path drawn, String time, Path run)
      throws IOException, InterruptedException {
    String finch = Path.of(System.getProperty("finch.home"), "finch").toString();
    List<String> command =
        List.of(
            finch,
            "search",
            "--data",
            "images:" + drawn,
            "--device",
            "pixel-1",
            "--max-latency",
            "20ms",
            "--time",
            time,
            "--run",
            run.toString());
    System.err.println(String.join(" ", command));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("FINCH_CACHE", folder.resolve("cache").toString());
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    Process process = builder.start();
    // Standard output is for the figures.
    process.getInputStream().transferTo(System.err);
    return process.waitFor();
  }

  private static Map<String, Object> figures(Path run, Duration took) throws IOException {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("minutes", Math.round(took.toMillis() / 600.0) / 100.0);
    figures.put("evaluations", Files.readAllLines(run.resolve("evaluations.jsonl")).size());
    List<Map<String, Object>> models = new ArrayList<>();
    try (Stream<Path> folders = Files.list(run.resolve("models"))) {
      for (Path model : folders.sorted().toList()) {
        JsonNode json = JSON.readTree(model.resolve("model.json").toFile());
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("id", json.path("id").asText());
        row.put("searchAccuracy", json.path("searchAccuracy").asDouble());
        row.put("testAccuracy", json.path("testAccuracy").asDouble());
        row.put("testImages", json.path("testImages").asInt());
        row.put("files", FILES.stream().filter(file -> Files.exists(model.resolve(file))).toList());
        models.add(row);
      }
    }
    figures.put("models", models);
    figures.put("report", Files.exists(run.resolve("report").resolve("report.html")));
    return figures;
  }

  private static void print(Map<String, Object> figures, boolean json) throws IOException {
    if (json) {
      System.out.println(JSON.writeValueAsString(figures));
    } else {
      figures.forEach((name, value) -> System.out.println(name + ": " + value));
    }
  }

  private static String value(List<String> words, String option, String byDefault) {
    int at = words.indexOf(option);
    return at >= 0 && at + 1 < words.size() ? words.get(at + 1) : byDefault;
  }
}
