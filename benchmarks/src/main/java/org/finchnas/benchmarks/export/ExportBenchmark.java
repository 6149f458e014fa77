package org.finchnas.benchmarks.export;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.finchnas.benchmarks.Scratch;
import org.finchnas.evaluation.Fidelity;
import org.finchnas.evaluation.TrainingParams;
import org.finchnas.evaluation.TrainingTask;
import org.finchnas.searchspace.network.TrainedNetwork;
import org.finchnas.worker.NativeBackend;
import org.finchnas.worker.training.PreparedTask;

/**
 * Trains networks of ten different cells on CIFAR-10, writes each in every format and precision,
 * runs the files on test images beside Deeplearning4j, and prints the worst of each kind.
 */
public final class ExportBenchmark {

  static final int IMAGE = 16;
  private static final double HELD_SHARE = 0.1;
  private static final TrainingParams TRAINING =
      new TrainingParams(64, 0.05, 0.9, 5e-4, 1, 5, true, 2);

  private ExportBenchmark() {}

  public static void main(String[] arguments) throws IOException {
    List<String> words = Arrays.asList(arguments);
    List<TrainedCell> cells = TrainedCell.sampled(value(words, "--networks", 10), IMAGE);
    if (words.contains("--sizes")) {
      System.out.print(PredictionTimes.of(cells, IMAGE).text());
      return;
    }
    String data = System.getenv("FINCH_DATA");
    if (data == null) {
      System.err.println("FINCH_DATA must name the folder that holds cifar-10-batches-bin.");
      System.exit(2);
    }
    NativeBackend.select();
    boolean json = words.contains("--json");
    Path scratch = Scratch.directory("export");
    Files.createDirectories(scratch);
    PreparedTask prepared = PreparedTask.of(task(data, scratch));
    Fidelity fidelity =
        new Fidelity(value(words, "--epochs", 5), value(words, "--images", 5000), 0);
    List<FileFigures> all = new ArrayList<>();
    FileTrial trial = new FileTrial(prepared.data(), scratch);
    for (TrainedCell cell : cells) {
      TrainedNetwork network = cell.train(prepared, fidelity, TRAINING);
      List<FileFigures> figures = trial.of(cell, network);
      all.addAll(figures);
      if (!json) {
        System.out.printf("%s%n%s%n", figures.get(0).heading(), new FigureTable(figures).text());
      }
    }
    FigureTable table = new FigureTable(all);
    System.out.print(json ? table.json() : "All networks\n" + table.text());
  }

  private static TrainingTask task(String data, Path scratch) {
    String folder = scratch.toString();
    return new TrainingTask(
        "cifar10", data, folder, IMAGE, HELD_SHARE, 1, TRAINING, folder, folder, 0, 0);
  }

  private static int value(List<String> words, String option, int usual) {
    int at = words.indexOf(option);
    return at < 0 || at + 1 == words.size() ? usual : Integer.parseInt(words.get(at + 1));
  }
}
