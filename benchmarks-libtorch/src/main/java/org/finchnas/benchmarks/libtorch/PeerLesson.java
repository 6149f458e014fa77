package org.finchnas.benchmarks.libtorch;

import java.nio.file.Path;

/**
 * One training that the peer is asked for, on a line of its standard input.
 *
 * @param network as {@link PeerNetworks#byName} knows it
 * @param train a file of {@link PeerImages}
 * @param held likewise, to measure the accuracy on
 * @param learningRate at the first step; falls along half a cosine
 * @param gradientClip largest norm of all gradients together
 * @param cropPadding pixels of padding before a random crop
 */
public record PeerLesson(
    String network,
    Path train,
    Path held,
    int epochs,
    int batch,
    double learningRate,
    double momentum,
    double weightDecay,
    double gradientClip,
    int cropPadding,
    long seed) {

  private static final String SEPARATOR = "\t";

  public String line() {
    return String.join(
        SEPARATOR,
        network,
        train.toString(),
        held.toString(),
        Integer.toString(epochs),
        Integer.toString(batch),
        Double.toString(learningRate),
        Double.toString(momentum),
        Double.toString(weightDecay),
        Double.toString(gradientClip),
        Integer.toString(cropPadding),
        Long.toString(seed));
  }

  static PeerLesson of(String line) {
    String[] fields = line.split(SEPARATOR);
    return new PeerLesson(
        fields[0],
        Path.of(fields[1]),
        Path.of(fields[2]),
        Integer.parseInt(fields[3]),
        Integer.parseInt(fields[4]),
        Double.parseDouble(fields[5]),
        Double.parseDouble(fields[6]),
        Double.parseDouble(fields[7]),
        Double.parseDouble(fields[8]),
        Integer.parseInt(fields[9]),
        Long.parseLong(fields[10]));
  }
}
