package org.finchnas.benchmarks.export;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.finchnas.data.DataSet;
import org.finchnas.mobile.ExportFormat;
import org.finchnas.mobile.ExportRequest;
import org.finchnas.mobile.Exporter;
import org.finchnas.mobile.FileKind;
import org.finchnas.mobile.FileSizes;
import org.finchnas.mobile.LoadedModel;
import org.finchnas.mobile.ModelCard;
import org.finchnas.mobile.ModelContent;
import org.finchnas.mobile.Precision;
import org.finchnas.mobile.calibration.Calibration;
import org.finchnas.mobile.coreml.CoreMlExporter;
import org.finchnas.mobile.coreml.MlPackageExporter;
import org.finchnas.mobile.onnx.OnnxExporter;
import org.finchnas.mobile.tflite.TfliteExporter;
import org.finchnas.mobile.verification.Oracle;
import org.finchnas.mobile.verification.Verification;
import org.finchnas.mobile.verification.VerificationImages;
import org.finchnas.mobile.verification.VerificationLimits;
import org.finchnas.searchspace.network.TrainedNetwork;
import org.finchnas.worker.graph.Dl4jPredictor;
import org.jspecify.annotations.Nullable;

/** Writes files and runs them beside their network: limits do not matter here. */
final class FileTrial {

  static final List<Exporter> EXPORTERS =
      List.of(
          new OnnxExporter(), new TfliteExporter(), new CoreMlExporter(), new MlPackageExporter());

  private static final int IMAGES = 2000;

  /** Core ML files are evaluated with plain loops. */
  private static final int DECODED_IMAGES = 200;

  private static final int CALIBRATION_IMAGES = 200;

  private final DataSet data;
  private final Path folder;
  private final VerificationImages many;
  private final VerificationImages few;

  FileTrial(DataSet data, Path folder) {
    this.data = data;
    this.folder = folder;
    this.many = VerificationImages.of(data.test(), IMAGES);
    this.few = VerificationImages.of(data.test(), DECODED_IMAGES);
  }

  List<FileFigures> of(TrainedCell cell, TrainedNetwork network) throws IOException {
    List<FileFigures> figures = new ArrayList<>();
    try (KnownPredictions predictor = new KnownPredictions(new Dl4jPredictor(network))) {
      Oracle oracle = Oracle.exact("Deeplearning4j", predictor);
      for (Exporter exporter : EXPORTERS) {
        for (Precision precision : Precision.values()) {
          figures.add(of(cell, network, exporter, precision, oracle));
        }
      }
    }
    return figures;
  }

  private FileFigures of(
      TrainedCell cell,
      TrainedNetwork network,
      Exporter exporter,
      Precision precision,
      Oracle oracle)
      throws IOException {
    FileKind kind = new FileKind(exporter.format(), precision);
    Path file = folder.resolve(cell.number() + "-" + kind.fileName("model"));
    String design = cell.architecture().notation();
    ModelCard card = new ModelCard(network.network().name(), design, data.name(), "benchmark");
    Calibration calibration =
        Calibration.on(VerificationImages.of(data.train(), CALIBRATION_IMAGES));
    ModelContent content =
        exporter.encode(
            new ExportRequest(network, card, kind.format(), precision, calibration, file));
    content.write(file);
    try (LoadedModel model = exporter.load(file)) {
      List<Verification> verifications =
          Verification.ofAll(
              model.runtimes(), oracle, images(kind.format()), VerificationLimits.INT8);
      long predicted =
          new FileSizes(EXPORTERS).bytes(network.network(), card, network.labels(), kind);
      return figures(cell.number(), kind, verifications, content.size(), predicted);
    }
  }

  private VerificationImages images(ExportFormat format) {
    return switch (format) {
      case ONNX, TFLITE -> many;
      case COREML, MLPACKAGE -> few;
    };
  }

  private static FileFigures figures(
      int cell,
      FileKind kind,
      List<Verification> verifications,
      long fileBytes,
      long predictedBytes) {
    Verification worst =
        verifications.stream()
            .max(Comparator.comparing(Verification::logitDifference))
            .orElseThrow();
    double lost = verifications.stream().mapToDouble(FileTrial::lost).max().orElseThrow();
    return new FileFigures(
        cell, accuracy(worst.oracleAccuracy()), kind, worst, lost, fileBytes, predictedBytes);
  }

  private static double lost(Verification verification) {
    return 100 * (accuracy(verification.oracleAccuracy()) - accuracy(verification.accuracy()));
  }

  private static double accuracy(@Nullable Double known) {
    return requireNonNull(known, "test images have classes");
  }
}
