package org.finchnas.mobile;

import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.finchnas.mobile.calibration.Calibration;
import org.finchnas.searchspace.network.Network;
import org.finchnas.searchspace.network.Node;
import org.finchnas.searchspace.network.Normalization;
import org.finchnas.searchspace.network.Tensor;
import org.finchnas.searchspace.network.TrainedNetwork;
import org.finchnas.searchspace.network.Weight;

/**
 * How many bytes the files of a network have, told before it is trained: each is written to memory
 * by its own exporter, with zeros for all that training decides. In fp32 and fp16 this is the size
 * of the later file for the same texts; in int8 a file may have some operators more or fewer,
 * because these depend on the ranges of values.
 */
public final class FileSizes {

  private static final long MOST_PARAMS = 40_000_000;

  private final List<Exporter> exporters;

  public FileSizes(List<Exporter> exporters) {
    this.exporters = List.copyOf(exporters);
  }

  /**
   * @param card the texts in the file
   * @param labels names of the classes
   * @return bytes of the file, or of all files of a folder
   * @throws IllegalArgumentException if the format cannot express the network, or no exporter for
   *     it is at hand; says why
   */
  public long bytes(Network network, ModelCard card, List<String> labels, FileKind kind) {
    Exporter exporter =
        exporters.stream()
            .filter(each -> each.format() == kind.format())
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "No exporter for %s is at hand.".formatted(kind.format().token())));
    ExportRequest request =
        new ExportRequest(
            untrained(network, labels),
            card,
            kind.format(),
            kind.precision(),
            Calibration.untrained(),
            Path.of(kind.fileName("model")));
    return exporter.encode(request).size();
  }

  /**
   * Why a format cannot express a network; empty if it can. The precision does not matter to that.
   * Networks of more than {@value #MOST_PARAMS} params are not tried: that takes much memory, and
   * all that are published can be expressed.
   */
  public Optional<String> refusal(Network network, List<String> labels, ExportFormat format) {
    if (network.params() > MOST_PARAMS) {
      return Optional.empty();
    }
    try {
      ModelCard card = new ModelCard(network.name(), "", "", "");
      long unused = bytes(network, card, labels, new FileKind(format, Precision.FP32));
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /** Tensors of the same size share their zeros. */
  private static TrainedNetwork untrained(Network network, List<String> labels) {
    Map<Integer, float[]> zeros = new HashMap<>();
    Map<String, Tensor> weights = new HashMap<>();
    for (Node node : network.nodes()) {
      for (Weight weight : network.weights(node)) {
        float[] values =
            zeros.computeIfAbsent(Math.toIntExact(weight.elements()), size -> new float[size]);
        weights.put(node.name() + "/" + weight.name(), new Tensor(weight.shape(), values));
      }
    }
    List<Float> ones = Collections.nCopies(network.input().channels(), 1f);
    return new TrainedNetwork(network, weights, new Normalization(ones, ones), labels);
  }
}
