import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.preprocessor.NormalizerStandardize;
import org.nd4j.linalg.factory.Nd4j;

/** Run from source in a Java of its own that has Deeplearning4j and not Finch. */
public class StockCheck {

  /**
   * @param arguments zip, images (count, channels, height, width, then floats), file for the
   *     probabilities
   */
  public static void main(String[] arguments) throws Exception {
    requireNoFinch();
    File zip = new File(arguments[0]);
    ComputationGraph graph = ComputationGraph.load(zip, false);
    NormalizerStandardize normalizer = ModelSerializer.restoreNormalizerFromFile(zip);
    INDArray images;
    try (DataInputStream in = new DataInputStream(Files.newInputStream(Path.of(arguments[1])))) {
      int[] shape = {in.readInt(), in.readInt(), in.readInt(), in.readInt()};
      float[] values = new float[shape[0] * shape[1] * shape[2] * shape[3]];
      for (int i = 0; i < values.length; i++) {
        values[i] = in.readFloat();
      }
      images = Nd4j.createFromArray(values).reshape(shape);
    }
    normalizer.transform(images);
    float[] probabilities = graph.output(images)[0].dup('c').data().asFloat();
    try (DataOutputStream out =
        new DataOutputStream(Files.newOutputStream(Path.of(arguments[2])))) {
      for (float probability : probabilities) {
        out.writeFloat(probability);
      }
    }
    System.exit(0);
  }

  private static void requireNoFinch() {
    try {
      Class.forName("org.finchnas.worker.stock.StockZip");
      throw new IllegalStateException("Finch is on the class path.");
    } catch (ClassNotFoundException expected) {
      // as it should be
    }
  }
}
