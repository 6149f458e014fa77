package org.finchnas.benchmarks.libtorch;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.bytedeco.pytorch.global.torch;

/**
 * The peer's process. Reads lines {@code NETWORK LAYOUT BATCH STEPS} from standard input, LAYOUT
 * being {@code contiguous} or {@code channels-last}, and answers each with the nanoseconds that the
 * steps took. It uses one thread.
 */
public final class LibTorchPeer {

  private static final int WARM_UP_STEPS = 3;

  private final Map<String, LibTorchTraining> trainings = new HashMap<>();

  private LibTorchPeer() {}

  public static void main(String[] arguments) throws IOException {
    torch.set_num_threads(1);
    torch.manual_seed(1);
    LibTorchPeer peer = new LibTorchPeer();
    BufferedReader requests =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = requests.readLine(); line != null; line = requests.readLine()) {
      System.out.println(peer.answer(line.split(" ")));
    }
  }

  private long answer(String[] request) {
    LibTorchTraining training = training(request[0], request[1], Integer.parseInt(request[2]));
    int steps = Integer.parseInt(request[3]);
    long start = System.nanoTime();
    for (int i = 0; i < steps; i++) {
      training.step();
    }
    return System.nanoTime() - start;
  }

  private LibTorchTraining training(String network, String layout, int batch) {
    return trainings.computeIfAbsent(
        network + " " + layout + " " + batch,
        key -> {
          LibTorchTraining training =
              new LibTorchTraining(
                  PeerNetworks.byName(network), batch, LibTorchTraining.layout(layout));
          for (int i = 0; i < WARM_UP_STEPS; i++) {
            training.step();
          }
          return training;
        });
  }
}
