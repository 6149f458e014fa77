package org.finchnas.benchmarks.libtorch;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.finchnas.searchspace.network.Normalization;
import org.finchnas.searchspace.network.Shape;

/** Labelled images on their way to the peer, raw: what is done to them before a step is its own. */
public final class PeerImages {

  private final Shape shape;
  private final Normalization normalization;
  private final byte[] pixels;
  private final byte[] labels;

  /**
   * @param pixels image by image, each channel, row, column, one unsigned byte a value; not copied
   * @param labels one byte an image; not copied
   */
  public PeerImages(Shape shape, Normalization normalization, byte[] pixels, byte[] labels) {
    if (pixels.length != labels.length * shape.elements()) {
      throw new IllegalArgumentException(
          "%d bytes are not %d images of %s.".formatted(pixels.length, labels.length, shape));
    }
    this.shape = shape;
    this.normalization = normalization;
    this.pixels = pixels;
    this.labels = labels;
  }

  Shape shape() {
    return shape;
  }

  int size() {
    return labels.length;
  }

  int label(int image) {
    return labels[image];
  }

  /** All values in the order of the pixels, standardised channel by channel. */
  float[] standardised() {
    int area = shape.height() * shape.width();
    float[] values = new float[pixels.length];
    for (int i = 0; i < values.length; i++) {
      int channel = i / area % shape.channels();
      float mean = normalization.mean().get(channel);
      values[i] = ((pixels[i] & 0xff) - mean) / normalization.deviation().get(channel);
    }
    return values;
  }

  public void write(Path file) throws IOException {
    try (DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
      for (int side : List.of(shape.channels(), shape.height(), shape.width(), size())) {
        out.writeInt(side);
      }
      for (int channel = 0; channel < shape.channels(); channel++) {
        out.writeFloat(normalization.mean().get(channel));
        out.writeFloat(normalization.deviation().get(channel));
      }
      out.write(labels);
      out.write(pixels);
    }
  }

  static PeerImages read(Path file) throws IOException {
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      Shape shape = new Shape(in.readInt(), in.readInt(), in.readInt());
      int size = in.readInt();
      Float[] mean = new Float[shape.channels()];
      Float[] deviation = new Float[shape.channels()];
      for (int channel = 0; channel < shape.channels(); channel++) {
        mean[channel] = in.readFloat();
        deviation[channel] = in.readFloat();
      }
      byte[] labels = in.readNBytes(size);
      byte[] pixels = in.readNBytes(Math.toIntExact(size * shape.elements()));
      return new PeerImages(
          shape, new Normalization(List.of(mean), List.of(deviation)), pixels, labels);
    }
  }
}
