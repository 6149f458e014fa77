package org.finchnas.worker.stock;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.finchnas.searchspace.network.TrainedNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.preprocessor.NormalizerStandardize;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Writes a trained network as a zip that {@code ComputationGraph.load} of stock Deeplearning4j
 * 1.0.0-M2.1 reads: stock layers alone, channels first ({@code [batch, channel, row, column]}),
 * ending in softmax probabilities. The zip also holds the normalisation, for {@code
 * ModelSerializer.restoreNormalizerFromFile}, which takes pixels in 0…255, and the names of the
 * classes, for {@code ModelSerializer.getObjectFromFile(file, "labels")}.
 */
public final class StockZip {

  /** Key of the names of the classes. */
  public static final String LABELS = "labels";

  private StockZip() {}

  /**
   * @param zip written anew; a failure leaves what was there
   * @throws IllegalArgumentException if stock Deeplearning4j has no layer for a node; names it
   */
  public static void write(TrainedNetwork trained, Path zip) throws IOException {
    Path unfinished = zip.resolveSibling(zip.getFileName() + ".part");
    ComputationGraph graph = StockGraph.of(trained);
    try {
      ModelSerializer.writeModel(graph, unfinished.toFile(), false);
      ModelSerializer.addNormalizerToModel(unfinished.toFile(), normalizer(trained));
      List<String> labels = new ArrayList<>(trained.labels());
      ModelSerializer.addObjectToFile(unfinished.toFile(), LABELS, labels);
      Files.move(unfinished, zip, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  private static NormalizerStandardize normalizer(TrainedNetwork trained) {
    return new NormalizerStandardize(
        row(trained.normalization().mean()), row(trained.normalization().deviation()));
  }

  private static INDArray row(List<Float> values) {
    return Nd4j.create(values).reshape(1, values.size());
  }
}
