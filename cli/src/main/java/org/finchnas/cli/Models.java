package org.finchnas.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.finchnas.data.DataSet;
import org.finchnas.mobile.ExportRequest;
import org.finchnas.mobile.ExportedModel;
import org.finchnas.mobile.FileKind;
import org.finchnas.mobile.ModelCard;
import org.finchnas.mobile.ModelVerifier;
import org.finchnas.mobile.VerifiedExport;
import org.finchnas.mobile.calibration.Calibration;
import org.finchnas.mobile.latency.LatencyMeasurement;
import org.finchnas.mobile.latency.LatencyMeter;
import org.finchnas.mobile.verification.Oracle;
import org.finchnas.mobile.verification.ReferencePredictor;
import org.finchnas.mobile.verification.Verification;
import org.finchnas.mobile.verification.VerificationImages;
import org.finchnas.searchspace.network.TrainedNetwork;
import org.finchnas.searchspace.weights.WeightsFile;
import org.finchnas.worker.NativeBackend;
import org.finchnas.worker.graph.Dl4jPredictor;
import org.finchnas.worker.stock.StockZip;

/** Writes trained networks as files for others, each checked by running it. */
final class Models {

  private static final int IMAGES = 200;
  private static final String STEM = "model";

  /** The file of a model's folder that holds the network itself. */
  static final String WEIGHTS = STEM + WeightsFile.SUFFIX;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final VerificationImages images;
  private final Calibration calibration;
  private final String dataSet;

  Models(DataSet data) {
    this.images =
        VerificationImages.of(data.test(), IMAGES)
            .completedFrom(data.train(), IMAGES)
            .completedWithCopies(IMAGES);
    this.calibration = Calibration.on(VerificationImages.of(data.train(), IMAGES));
    this.dataSet = data.name();
    NativeBackend.select();
  }

  /** The real images that files are checked on. */
  VerificationImages images() {
    return images;
  }

  /** One model's folder: weights, stock DL4J zip, exported files, and what was measured of them. */
  FileSeries writeAll(Path weights, Path folder, List<FileKind> kinds, Output output)
      throws IOException {
    Files.createDirectories(folder);
    WeightsFile model = WeightsFile.read(weights);
    model.write(folder.resolve(WEIGHTS));
    StockZip.write(model.trained(), folder.resolve(STEM + ".zip"));
    FileSeries files = new FileSeries(this, kinds, output);
    files.write(model, folder, STEM);
    return files;
  }

  /** One file, verified, with its report beside it. */
  ExportedModel export(WeightsFile model, FileKind kind, Path file) throws IOException {
    String design = model.blueprint().design();
    ModelCard card =
        new ModelCard(model.trained().network().name(), design, dataSet, Version.current());
    ExportRequest request =
        new ExportRequest(
            model.trained(), card, kind.format(), kind.precision(), calibration, file);
    try (Dl4jPredictor predictor = new Dl4jPredictor(model.trained())) {
      ExportedModel exported =
          new VerifiedExport(verifier())
              .export(request, oracle(predictor, model.trained()), images);
      writeReport(exported);
      return exported;
    }
  }

  /** Runs a file against the network it is said to be. */
  ExportedModel verify(Path file, TrainedNetwork network) throws IOException {
    try (Dl4jPredictor predictor = new Dl4jPredictor(network)) {
      return verifier().verify(file, oracle(predictor, network), images);
    }
  }

  private static Oracle oracle(Dl4jPredictor predictor, TrainedNetwork network) {
    return new Oracle(
        "Deeplearning4j, " + NativeBackend.select().description(),
        predictor,
        new ReferencePredictor(network));
  }

  private static ModelVerifier verifier() {
    return new ModelVerifier(Exporters.all(), LatencyMeter.of("this machine"));
  }

  private static void writeReport(ExportedModel exported) throws IOException {
    Path file = exported.file();
    write(file.resolveSibling(file.getFileName() + ".json"), json(exported));
  }

  /** A JSON object as a file that is there whole or not at all. */
  static void write(Path file, Map<String, Object> json) throws IOException {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    Files.writeString(part, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n");
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  static Map<String, Object> json(ExportedModel exported) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("file", exported.file().toString());
    json.put("format", exported.format().token());
    json.put("precision", exported.precision().token());
    json.put("fileBytes", exported.fileBytes());
    json.put("sha256", exported.sha256());
    json.putAll(json(exported.verification()));
    json.put("runtimes", exported.verifications().stream().map(Models::json).toList());
    LatencyMeasurement latency = exported.latency();
    if (latency != null) {
      json.put("latencyMillis", latency.medianMillis());
      json.put("latencyMinimumMillis", latency.minimumMillis());
      json.put("latencyRepeats", latency.repeats());
      json.put("threads", latency.threads());
    }
    return json;
  }

  private static Map<String, Object> json(Verification verification) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("verified", verification.passed());
    json.put("violations", verification.violations());
    json.put("runtime", verification.runtime());
    json.put("against", verification.oracle());
    json.put("images", verification.images());
    json.put("probabilityDifference", verification.probabilityDifference());
    json.put("imagesApart", verification.imagesApart());
    json.put("imagesRounded", verification.imagesRounded());
    json.put("logitDifference", verification.logitDifference());
    json.put("topAgreement", verification.topAgreement());
    json.put("imagesDecided", verification.imagesDecided());
    json.put("decidedAgreement", verification.decidedAgreement());
    if (verification.accuracy() != null) {
      json.put("accuracy", verification.accuracy());
      json.put("networkAccuracy", verification.oracleAccuracy());
      json.put("accuracyLost", verification.accuracyLost());
    }
    return json;
  }

  /** What people read of one file. */
  static List<String> lines(ExportedModel exported) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s  %s, %s, %s"
            .formatted(
                exported.file(),
                exported.precision().token(),
                Quantity.bytes(exported.fileBytes()),
                exported.verification().passed() ? "verified" : "NOT VERIFIED"));
    exported.verifications().forEach(verification -> lines.add(line(verification)));
    lines.add(latencyLine(exported));
    return lines;
  }

  private static String line(Verification verification) {
    String line =
        "  on %d images (%s): probabilities differ by at most %.1e, logits by %.1e of their range, top-1 equal on %s"
            .formatted(
                verification.images(),
                verification.runtime(),
                verification.probabilityDifference(),
                verification.logitDifference(),
                Quantity.percent(verification.topAgreement()));
    return line + accuracy(verification) + rounding(verification);
  }

  private static String accuracy(Verification verification) {
    Double accuracy = verification.accuracy();
    Double network = verification.oracleAccuracy();
    return accuracy == null || network == null
        ? ""
        : ", accuracy %s (the network %s)"
            .formatted(Quantity.percent(accuracy), Quantity.percent(network));
  }

  private static String rounding(Verification verification) {
    return verification.imagesRounded() == 0
        ? ""
        : " (%d images over %.0e: rounding, settled by exact arithmetic)"
            .formatted(verification.imagesRounded(), verification.limits().probabilityDifference());
  }

  private static String latencyLine(ExportedModel exported) {
    LatencyMeasurement latency = exported.latency();
    if (latency == null) {
      return "  no latency: " + exported.verification().runtime();
    }
    return "  latency here, 1 image, %d thread: median %s, minimum %s of %d runs (%s)"
        .formatted(
            latency.threads(),
            Quantity.millis(latency.medianMillis()),
            Quantity.millis(latency.minimumMillis()),
            latency.repeats(),
            latency.runtime());
  }
}
