package org.finchnas.mobile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.finchnas.evaluation.NetworkCost;
import org.finchnas.evaluation.NetworkCostModel;
import org.finchnas.evaluation.Objective;
import org.finchnas.mobile.calibration.Calibration;
import org.finchnas.mobile.coreml.CoreMlExporter;
import org.finchnas.mobile.coreml.MlPackageExporter;
import org.finchnas.mobile.onnx.OnnxExporter;
import org.finchnas.mobile.tflite.TfliteExporter;
import org.finchnas.searchspace.Architecture;
import org.finchnas.searchspace.Blueprint;
import org.finchnas.searchspace.CellSearchSpace;
import org.finchnas.searchspace.Macro;
import org.finchnas.searchspace.OperationSet;
import org.finchnas.searchspace.Stem;
import org.finchnas.searchspace.network.Network;
import org.finchnas.searchspace.network.Shape;
import org.finchnas.searchspace.network.TrainedNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileSizesTest {

  private static final List<Exporter> EXPORTERS =
      List.of(
          new OnnxExporter(), new TfliteExporter(), new CoreMlExporter(), new MlPackageExporter());

  private static final Shape IMAGE = new Shape(3, 16, 16);

  private final FileSizes sizes = new FileSizes(EXPORTERS);

  private static Architecture cell(long seed) {
    List<OperationSet> sets =
        List.of(OperationSet.MOBILE, OperationSet.NASNET, OperationSet.AMOEBANET);
    return new CellSearchSpace(
            sets.get((int) seed % 3).operations(),
            4,
            List.of(1),
            List.of(4, 8),
            Macro.ACTIVATIONS,
            List.of(false, true),
            Stem.CIFAR,
            16)
        .sample(new SplittableRandom(seed));
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void whatIsPredictedIsWritten(long seed) {
    Architecture architecture = cell(seed);
    Network network = architecture.assemble(IMAGE, 10);
    TrainedNetwork trained = TestNetworks.trained(network, seed);
    ModelCard card = new ModelCard(network.name(), architecture.notation(), "random", "0.1.0");
    Calibration measured = Calibration.on(TestNetworks.images(IMAGE, 20, seed));
    for (Exporter exporter : EXPORTERS) {
      for (Precision precision : Precision.values()) {
        FileKind kind = new FileKind(exporter.format(), precision);
        // Packages calculate in halves, which random weights may overflow.
        boolean halves = exporter.format() == ExportFormat.MLPACKAGE;
        long written =
            exporter
                .encode(
                    new ExportRequest(
                        trained,
                        card,
                        exporter.format(),
                        precision,
                        halves ? Calibration.untrained() : measured,
                        Path.of("model")))
                .size();
        assertThat(sizes.bytes(network, card, trained.labels(), kind))
            .as(kind + " of " + architecture.notation())
            .isCloseTo(written, tolerance(kind, written));
      }
    }
  }

  /** TFLite's operators between bytes depend on ranges; all else is known. */
  private static Offset<Long> tolerance(FileKind kind, long written) {
    boolean depends = kind.format() == ExportFormat.TFLITE && kind.precision() == Precision.INT8;
    return Offset.offset(depends ? written / 50 : 0);
  }

  @Test
  void theCostsOfASearchAreThoseOfItsFiles() {
    Architecture architecture = cell(1);
    TrainedNetwork trained = TestNetworks.trained(architecture.assemble(IMAGE, 10), 1);
    FileKind kind = new FileKind(ExportFormat.TFLITE, Precision.FP16);
    NetworkCost bytesOfFile = new FileBytesCost(sizes, kind, trained.labels(), "random", "0.1.0");
    NetworkCostModel model =
        new NetworkCostModel(IMAGE, trained.labels().size(), NetworkCost.COUNTS.and(bytesOfFile));
    ModelCard card =
        new ModelCard(trained.network().name(), architecture.notation(), "random", "0.1.0");
    long bytes = sizes.bytes(trained.network(), card, trained.labels(), kind);

    assertThat(model.costs(architecture))
        .containsAllEntriesOf(NetworkCostModel.costs(trained.network()))
        .containsEntry(Objective.FILE_BYTES.name(), (double) bytes)
        .isSameAs(model.costs(architecture));
  }

  @Test
  void whatAFormatCannotExpressHasNoSize() {
    Network network = new Blueprint("u-net", new Shape(3, 32, 32), 2).assemble();
    ModelCard card = new ModelCard("u-net", "u-net", "none", "0.1.0");
    for (ExportFormat format : ExportFormat.values()) {
      FileKind kind = new FileKind(format, Precision.FP32);
      assertThatThrownBy(() -> sizes.bytes(network, card, List.of("a", "b"), kind))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("cannot be exported");
    }
  }
}
