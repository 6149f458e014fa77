package org.finchnas.mobile.coreml;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.finchnas.mobile.Exporter;
import org.finchnas.mobile.ModelContent;
import org.finchnas.mobile.Precision;
import org.finchnas.mobile.UnreadableModelException;
import org.finchnas.mobile.coreml.proto.ModelMessages.Model;
import org.finchnas.mobile.coreml.proto.ProgramMessages.Block;
import org.finchnas.mobile.coreml.proto.ProgramMessages.DataType;
import org.finchnas.mobile.coreml.proto.ProgramMessages.Function;
import org.finchnas.mobile.coreml.proto.ProgramMessages.Operation;
import org.finchnas.searchspace.network.TrainedNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MlPackageExporterTest extends CoreMlContract {

  private static final String MODEL = "Data/com.apple.CoreML/model.mlmodel";

  @Override
  protected Exporter exporter() {
    return new MlPackageExporter();
  }

  @Override
  protected boolean calculatesInHalves() {
    return true;
  }

  @Override
  int specification(Precision precision) {
    return precision == Precision.INT8 ? 7 : 6;
  }

  /** Weights are fine, but sums of them are not. */
  @ParameterizedTest
  @EnumSource(names = {"FP16", "INT8"})
  void valuesTooLargeForHalvesAreRefused(Precision precision) {
    TrainedNetwork network = small(3);
    network.weight(network.network().nodes().get(1), "bias").values()[3] = 40_000;
    assertThatThrownBy(() -> exporter().encode(request(network, precision)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("conv computes values up to 400")
        .hasMessageContaining("calculates in halves, which end at 65504");
  }

  @Test
  void aWrongShapeIsSeen() {
    assertRefused(
        "transpose",
        operation ->
            operation
                .getOutputsBuilder(0)
                .getTypeBuilder()
                .getTensorBuilder()
                .getDimensionsBuilder(1)
                .getConstantBuilder()
                .setSize(3),
        "is declared as");
  }

  @Test
  void aWrongTypeIsSeen() {
    assertRefused(
        "relu6",
        operation ->
            operation
                .getOutputsBuilder(0)
                .getTypeBuilder()
                .getTensorBuilder()
                .setType(DataType.FLOAT16),
        "is of type 10");
  }

  @Test
  void aWrongPlaceOfWeightsIsSeen() {
    assertRefused(
        "const",
        operation -> {
          if (operation.getAttributesOrThrow("val").hasInFile()) {
            operation.putAttributes(
                "val",
                operation.getAttributesOrThrow("val").toBuilder()
                    .setInFile(
                        operation.getAttributesOrThrow("val").getInFile().toBuilder().setOffset(0))
                    .build());
          }
        },
        "weights at 0 are not as they are used");
  }

  @Test
  void anAddedFileIsSeen() throws IOException {
    write(exporter().encode(request(everyLayer(6), Precision.FP32)));
    Files.writeString(file().resolve("Data/more.txt"), "more");
    assertThatThrownBy(() -> exporter().load(file()))
        .isInstanceOf(UnreadableModelException.class)
        .hasMessageContaining("was altered");
  }

  @Test
  void theWeightsAreDescribedWhereTheyLie() {
    byte[] weights =
        requireNonNull(
            exporter()
                .encode(request(everyLayer(6), Precision.FP16))
                .files()
                .get("Data/com.apple.CoreML/weights/weight.bin"));
    assertThat(weights.length % 64).isZero();
    assertThat(weights).startsWith(weights[0], 0, 0, 0, 2, 0, 0, 0);
    assertThat(new String(weights, 64, 4, StandardCharsets.ISO_8859_1))
        .isEqualTo("\u00ef\u00be\u00ad\u00de");
  }

  /** A writer that errs in one kind of operation writes a package that is whole and refused. */
  private void assertRefused(String type, Consumer<Operation.Builder> mistake, String message) {
    Map<String, byte[]> files =
        new TreeMap<>(exporter().encode(request(everyLayer(6), Precision.FP32)).files());
    files.put(MODEL, altered(requireNonNull(files.get(MODEL)), type, mistake));
    write(Seal.folder(files, MODEL));
    assertThatThrownBy(() -> exporter().load(file()))
        .isInstanceOf(UnreadableModelException.class)
        .hasMessageContaining(message)
        .hasMessageContaining(file().toString());
  }

  private static byte[] altered(byte[] bytes, String type, Consumer<Operation.Builder> mistake) {
    try {
      Model.Builder model = Model.parseFrom(bytes).toBuilder();
      Function.Builder function = model.getProgram().getFunctionsOrThrow("main").toBuilder();
      Block.Builder block = function.getBlocksOrThrow(function.getOpset()).toBuilder();
      block.getOperationsBuilderList().stream()
          .filter(operation -> operation.getType().equals(type))
          .forEach(mistake);
      function.putBlocks(function.getOpset(), block.build());
      model.getProgramBuilder().putFunctions("main", function.build());
      model.getDescriptionBuilder().getMetadataBuilder().putUserDefined(Seal.KEY, Seal.UNSEALED);
      return model.build().toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(ModelContent content) {
    content
        .files()
        .forEach(
            (place, bytes) -> {
              Path path = file().resolve(place);
              try {
                Files.createDirectories(path.getParent());
                Files.write(path, bytes);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
  }
}
