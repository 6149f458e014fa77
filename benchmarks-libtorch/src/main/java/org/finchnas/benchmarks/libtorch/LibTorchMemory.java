package org.finchnas.benchmarks.libtorch;

import java.io.IOException;
import org.bytedeco.pytorch.global.torch;

/**
 * Trains {@code NETWORK LAYOUT BATCH STEPS} and prints by how many bytes the process grew at most,
 * from when LibTorch was loaded.
 */
public final class LibTorchMemory {
  private LibTorchMemory() {}

  public static void main(String[] arguments) throws IOException {
    torch.set_num_threads(1);
    torch.rand(1).close();
    long idle = ResidentMemory.idle();
    LibTorchTraining training =
        new LibTorchTraining(
            PeerNetworks.byName(arguments[0]),
            Integer.parseInt(arguments[2]),
            LibTorchTraining.layout(arguments[1]));
    for (int step = 0; step < Integer.parseInt(arguments[3]); step++) {
      training.step();
    }
    System.out.println(ResidentMemory.peak() - idle);
  }
}
