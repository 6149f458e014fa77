package org.finchnas.worker.stock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.finchnas.evaluation.Predictions;
import org.finchnas.searchspace.network.Network;
import org.finchnas.searchspace.network.Shape;
import org.finchnas.searchspace.network.TrainedNetwork;
import org.finchnas.worker.NativeBackend;
import org.finchnas.worker.graph.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Java process that has Deeplearning4j and no class of Finch reads a written zip. */
class StockZipIT {

  private static final String EXTENSION = "org.bytedeco.javacpp.platform.extension";

  @TempDir Path folder;

  @Test
  void aJavaWithoutFinchReadsTheZip() throws Exception {
    NativeBackend.select();
    TrainedNetwork trained = Samples.trained(Samples.cells(), 41);
    byte[] pixels = Samples.pixels(trained.network(), StockZipTest.IMAGES, 42);
    Path zip = folder.resolve("model.zip");
    StockZip.write(trained, zip);
    Path images = folder.resolve("images");
    write(trained.network(), pixels, images);
    Path probabilities = folder.resolve("probabilities");
    run(zip, images, probabilities);
    Predictions expected = StockZipTest.predictions(trained, pixels);
    try (DataInputStream in = new DataInputStream(Files.newInputStream(probabilities))) {
      for (int i = 0; i < StockZipTest.IMAGES; i++) {
        for (float probability : expected.probabilities(i)) {
          assertThat(in.readFloat()).isCloseTo(probability, within(1e-5f));
        }
      }
      assertThat(in.available()).isZero();
    }
  }

  private void run(Path zip, Path images, Path probabilities)
      throws IOException, InterruptedException, URISyntaxException {
    Path output = folder.resolve("output");
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-D" + EXTENSION + "=" + System.getProperty(EXTENSION),
            "-cp",
            libraries(),
            Path.of(
                    Objects.requireNonNull(getClass().getResource("/stock/StockCheck.java"))
                        .toURI())
                .toString(),
            zip.toString(),
            images.toString(),
            probabilities.toString());
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    boolean ended = process.waitFor(3, TimeUnit.MINUTES);
    process.destroyForcibly();
    assertThat(ended).isTrue();
    assertThat(process.exitValue()).as(() -> text(output)).isZero();
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** The class path without Finch: jars of others. */
  private static String libraries() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> entry.endsWith(".jar") && !new File(entry).getName().startsWith("finch"))
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static void write(Network network, byte[] pixels, Path file) throws IOException {
    Shape shape = network.input();
    try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(file))) {
      out.writeInt(StockZipTest.IMAGES);
      out.writeInt(shape.channels());
      out.writeInt(shape.height());
      out.writeInt(shape.width());
      for (byte pixel : pixels) {
        out.writeFloat(pixel & 0xFF);
      }
    }
  }
}
