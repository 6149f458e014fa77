package org.finchnas.benchmarks.libtorch;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.bytedeco.pytorch.global.torch;

/**
 * The process that trains the peer's networks to an accuracy. Reads a {@link PeerLesson} a line
 * from standard input and answers each with the accuracy on the held-out images. One thread.
 */
public final class LibTorchTeacher {

  private LibTorchTeacher() {}

  public static void main(String[] arguments) throws IOException {
    torch.set_num_threads(1);
    BufferedReader requests =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = requests.readLine(); line != null; line = requests.readLine()) {
      PeerLesson lesson = PeerLesson.of(line);
      LibTorchLearner learner = new LibTorchLearner(lesson);
      learner.learn(PeerImages.read(lesson.train()));
      System.out.println(learner.accuracy(PeerImages.read(lesson.held())));
    }
  }
}
