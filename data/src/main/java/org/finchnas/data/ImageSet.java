package org.finchnas.data;

import java.nio.ByteBuffer;
import java.util.stream.IntStream;

/**
 * Labelled images of one shape, decoded once into a file that processes map and share. An image is
 * stored channel, row, column, one unsigned byte a value.
 */
public interface ImageSet {

  int size();

  int channels();

  int height();

  int width();

  /** The class of an image, from 0. */
  int label(int image);

  /** Copies one image into {@code target} at {@code offset}. */
  void read(int image, byte[] target, int offset);

  /** The pixels of all images, read-only, for those who can use them in place. */
  ByteBuffer pixels();

  /** Bytes of one image: channels × height × width. */
  default int imageBytes() {
    return channels() * height() * width();
  }

  /** The classes of all images, a new array. */
  default int[] labels() {
    return IntStream.range(0, size()).map(this::label).toArray();
  }

  /**
   * Images held in memory.
   *
   * @param pixels channel, row, column of one image after the other; not copied
   */
  static ImageSet of(byte[] pixels, int[] labels, int channels, int height, int width) {
    return PackedImages.of(ByteBuffer.wrap(pixels), labels, channels, height, width);
  }
}
