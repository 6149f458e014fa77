package org.finchnas.benchmarks.training;

import java.io.IOException;
import org.bytedeco.javacpp.FloatPointer;
import org.finchnas.benchmarks.libtorch.ResidentMemory;
import org.finchnas.worker.NativeBackend;
import org.finchnas.worker.onednn.Products;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Trains {@code NETWORK BATCH STEPS} and prints by how many bytes the process grew at most, from
 * when ND4J and oneDNN were loaded.
 */
public final class FinchMemory {
  private FinchMemory() {}

  public static void main(String[] arguments) throws IOException {
    NativeBackend.select();
    Nd4j.zeros(1).close();
    try (FloatPointer one = new FloatPointer(1)) {
      Products.multiply(one, false, one, false, one, 1, 1, 1);
    }
    long idle = ResidentMemory.idle();
    new FinchSide()
        .train(arguments[0], Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]));
    System.out.println(ResidentMemory.peak() - idle);
  }
}
